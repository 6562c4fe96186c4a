-- New milestone lines have their milestones.
insert into commercial_milestone (entity_id, agreement_id, account_id, line, name, price, planned_on)
select %(entity)s, s.agreement_id, s.account_id, s.line, coalesce(m.name, nullif(t.description, ''), t.item), m.price,
    m.planned_on
from staged_amendment as s
join staged_term as t on t.place = s.place
left join staged_milestone as m on m.place = t.place
where s.old_term_id is null and t.model = 'milestone';

-- Milestone lines have their milestones; one of the line's own where none is named.
insert into commercial_milestone (entity_id, agreement_id, account_id, line, name, price, planned_on)
select %(entity)s, s.agreement_id, s.account_id, t.line, coalesce(m.name, nullif(t.description, ''), t.item), m.price,
    m.planned_on
from staged_term as t
join staged_agreement as s on s.place = t.place
left join staged_milestone as m on m.place = t.place and m.line = t.line
where t.model = 'milestone' and s.problem is null and not s.repeated;

-- Planned bill runs wait for somebody's approval, their maker's only where no limit asks for another.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint)
select 'run', 'run', r.id, 'Bill run ' || r.id, r.made_by_name, null,
    coalesce(sum(c.planned_accounts), 0) || ' accounts planned, ' || coalesce(sum(c.held_accounts), 0) || ' held'
        || case when r.note = '' then '' else ': ' || r.note end,
    null, null, r.planned_on, greatest(r.issued_on, r.planned_on)
from invoicing_run as r
left join invoicing_run_chunk as c on c.entity_id = r.entity_id and c.run_id = r.id
where r.entity_id = %(entity)s and r.state = 'planned' and %(accounts)s::bigint[] is null
    and (%(ids)s::bigint[] is null or r.id = any(%(ids)s::bigint[]))
group by r.entity_id, r.id;

-- Samples of one state, those that wait oldest first, reviewed ones newest first.
select s.id, s.event_id, s.kind, s.action, s.summary, s.account_id, a.number as account_number, s.user_id, s.user_name,
    s.acted_on, s.picked, s.state, s.finding, s.note, s.reviewed_by_name, s.reviewed_at
from office_sample as s
left join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
where s.entity_id = %(entity)s and (%(state)s::text is null or s.state = %(state)s)
    and (%(user)s::bigint is null or s.user_id = %(user)s)
    and (%(id)s::bigint is null or s.id = %(id)s)
    and (%(after_id)s::bigint is null
        or case when %(state)s = 'reviewed' then s.id < %(after_id)s else s.id > %(after_id)s end)
order by case when %(state)s = 'reviewed' then -s.id else s.id end
limit %(limit)s;

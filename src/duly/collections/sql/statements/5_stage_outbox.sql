-- Each statement that may leave waits in the outbox until it may.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, account_id, dedup_key, not_before)
select s.entity_id, case s.channel when 'email' then 'mail' else 'file' end, 'collections.statement', 'account_statement', s.id,
    s.account_id, 'statement:' || s.id || ':1', greatest(%(not_before)s, s.next_allowed_at)
from statement_made as m
join collections_statement as s on s.entity_id = %(entity)s and s.id = m.statement_id
where s.state = 'queued'
order by s.id;

-- Acts picked for review wait for somebody else than who did them.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, maker_id)
select 'quality', 'sample', s.id, s.user_name, s.user_name, s.account_id, s.summary, null, null, s.acted_on, s.user_id
from office_sample as s
where s.entity_id = %(entity)s and s.state = 'waiting'
    and (%(accounts)s::bigint[] is null or s.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or s.id = any(%(ids)s::bigint[]));

-- Bank statements in quarantine are held with their problem.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on)
select 'statement', 'bank_statement', s.id, b.name, s.reference, null, s.problem, abs(s.sum_minor), b.currency, s.to_on
from banking_statement as s
join banking_account as b on b.entity_id = s.entity_id and b.id = s.bank_account_id
where s.entity_id = %(entity)s and s.state = 'quarantined' and %(accounts)s::bigint[] is null
    and (%(ids)s::bigint[] is null or s.id = any(%(ids)s::bigint[]));

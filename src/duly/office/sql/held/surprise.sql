-- Charges that look unusual and wait for a decision are held.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, owner_hint)
select 'surprise', 'surprise', s.id, a.number, a.name, s.account_id, s.sentence, s.at_stake_minor, s.currency,
    least(r.planned_on, s.deadline_on), s.deadline_on, s.owner_id
from invoicing_surprise as s
join invoicing_run as r on r.entity_id = s.entity_id and r.id = s.run_id
join receivables_account as a on a.entity_id = s.entity_id and a.id = s.account_id
where s.entity_id = %(entity)s and s.state in ('open', 'held')
    and (%(accounts)s::bigint[] is null or s.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or s.id = any(%(ids)s::bigint[]));

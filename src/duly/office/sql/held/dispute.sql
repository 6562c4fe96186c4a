-- Disputes that are not answered are held with the part they are about.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, owner_hint)
select 'dispute', 'dispute', d.id, a.number, a.name, d.account_id,
    d.reason || case when d.note = '' then '' else ': ' || d.note end, d.amount_minor, d.currency, d.opened_on, d.due_on,
    d.owner_id
from collections_dispute as d
join receivables_account as a on a.entity_id = d.entity_id and a.id = d.account_id
where d.entity_id = %(entity)s and d.state = 'open'
    and (%(accounts)s::bigint[] is null or d.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or d.id = any(%(ids)s::bigint[]));

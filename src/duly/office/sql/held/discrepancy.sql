-- Differences whose cause nobody has picked are held with the sentence of the case.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, owner_hint)
select 'discrepancy', 'case', c.id, coalesce(a.number, 'Case ' || c.id), coalesce(a.name, 'Ledger and bank'),
    c.account_id, c.sentence, c.amount_minor, c.currency, c.opened_on, c.due_on, c.owner_id
from matching_case as c
left join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
where c.entity_id = %(entity)s and c.state = 'open'
    and (%(accounts)s::bigint[] is null or c.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or c.id = any(%(ids)s::bigint[]));

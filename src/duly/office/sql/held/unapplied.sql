-- Money of customers that is not applied five days after it came is held.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, owner_hint)
select 'unapplied', 'item', i.id, a.number, a.name, i.account_id,
    'Of ' || duly_major(-i.amount_minor, i.currency) || ' received, '
        || duly_major(-i.open_minor, i.currency) || ' settles nothing yet',
    -i.open_minor, i.currency, i.issued_on, a.owner_id
from receivables_item as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
where i.entity_id = %(entity)s and i.open_minor < 0 and i.kind = 'payment' and i.issued_on <= %(today)s::date - 5
    and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or i.id = any(%(ids)s::bigint[]));

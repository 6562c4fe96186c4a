-- Broken promises are held until somebody has talked to the customer since, or there is a newer promise, or nothing is
-- past due any more.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, owner_hint)
select 'promise', 'promise', p.id, a.number, a.name, p.account_id,
    duly_major(p.amount_minor, p.currency) || ' were promised for ' || p.promised_on || ', '
        || duly_major(p.received_minor, p.currency) || ' came',
    p.amount_minor - p.received_minor, p.currency, coalesce(p.settled_on, p.promised_on), coalesce(p.owner_id, a.owner_id)
from collections_promise as p
join access_entity as e on e.id = p.entity_id
join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where p.entity_id = %(entity)s and p.state = 'broken'
    and (%(accounts)s::bigint[] is null or p.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or p.id = any(%(ids)s::bigint[]))
    and not exists (
        select 1 from collections_promise as newer
        where newer.entity_id = p.entity_id and newer.account_id = p.account_id and newer.id > p.id)
    and not exists (
        select 1 from collections_contact as c
        where c.entity_id = p.entity_id and c.account_id = p.account_id and c.outcome in ('conversation', 'received')
            and (c.at at time zone e.zone)::date >= coalesce(p.settled_on, p.promised_on))
    and exists (
        select 1 from receivables_item as i
        where i.entity_id = p.entity_id and i.account_id = p.account_id and i.open_minor > 0
            and i.due_on < %(today)s::date);

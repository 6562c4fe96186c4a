-- Each promise says what came in for it; it is kept when that is all, broken when its day and grace are over.
with judged as (
    select p.id, p.state, p.amount_minor, p.promised_on + p.grace_days as last_on,
        greatest(0, least(p.amount_minor, (
            select coalesce(sum(r.amount_minor), 0)
            from payments_receipt as r
            where r.entity_id = p.entity_id and r.account_id = p.account_id and r.currency = p.currency
                and r.received_on between p.made_on and least(p.promised_on + p.grace_days, %(on)s)
        ) - (
            select coalesce(sum(e.amount_minor), 0)
            from collections_promise as e
            where e.entity_id = p.entity_id and e.account_id = p.account_id and e.currency = p.currency
                and e.state in ('open', 'kept') and (e.promised_on, e.id) < (p.promised_on, p.id)
                and e.promised_on + e.grace_days >= p.made_on
        )))::bigint as received
    from collections_promise as p
    where p.entity_id = %(entity)s and (%(account)s::bigint is null or p.account_id = %(account)s)
        and (p.state = 'open' or p.state in ('kept', 'broken') and p.promised_on + 60 >= %(on)s)
        and p.made_on <= %(on)s
),
moved as (
    update collections_promise as p
    set received_minor = j.received,
        state = case when j.received >= j.amount_minor then 'kept' when j.last_on < %(on)s then 'broken' else 'open' end,
        settled_on = case when j.received >= j.amount_minor or j.last_on < %(on)s then coalesce(
            case when (j.received >= j.amount_minor) = (p.state = 'kept') then p.settled_on end, %(on)s) end
    from judged as j
    where p.entity_id = %(entity)s and p.id = j.id and (
        p.received_minor <> j.received
        or p.state <> case when j.received >= j.amount_minor then 'kept' when j.last_on < %(on)s then 'broken' else 'open' end)
    returning p.state, j.state as was
)
select count(*) filter (where state = 'kept' and was <> 'kept') as kept,
    count(*) filter (where state = 'broken' and was <> 'broken') as broken
from moved;

-- A released refund is one receipt below zero of its account, settled by its own money; a returned one is reversed.
select 'payments.refund' as check, 'refund ' || r.id as subject,
    case
        when p.id is null then 'no receipt'
        when p.amount_minor <> -r.amount_minor or p.account_id <> r.account_id then 'its receipt is not its amount'
        when x.minor <> r.amount_minor then 'its money is not its amount'
        else 'it is ' || r.state || ', its receipt ' || p.state end as detail
from payments_refund as r
left join payments_receipt as p on p.entity_id = r.entity_id and p.id = r.receipt_id and p.kind = 'refund'
left join lateral (
    select sum(amount_minor)::bigint as minor from payments_refund_item as i
    where i.entity_id = r.entity_id and i.refund_id = r.id
) as x on true
where r.entity_id = %(entity)s and (
    x.minor is distinct from r.amount_minor
    or (r.state in ('released', 'seen', 'closed', 'returned') and (
        p.id is null or p.amount_minor <> -r.amount_minor or p.account_id <> r.account_id
        or (p.state = 'reversed') <> (r.state = 'returned'))))
limit 100;

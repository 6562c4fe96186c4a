-- The money with what other refunds in the works claim of it.
select i.id, i.account_id, i.currency, i.kind, -i.open_minor as open_minor,
    coalesce((
        select sum(x.amount_minor)
        from payments_refund_item as x
        join payments_refund as r on r.entity_id = x.entity_id and r.id = x.refund_id
        where x.entity_id = i.entity_id and x.item_id = i.id and r.state in ('requested', 'approved')), 0)::bigint
        as claimed_minor
from receivables_item as i
where i.entity_id = %(entity)s
    and (i.id = any(%(items)s::bigint[])
        or (%(items)s::bigint[] is null and i.account_id = %(account)s and i.open_minor < 0))
order by i.id;

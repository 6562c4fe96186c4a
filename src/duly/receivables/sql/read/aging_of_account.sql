-- What one account had open at the end of the day by days late, a row a currency.
with there as (
    select i.id, i.account_id, i.currency, i.due_on,
        i.open_minor
            + coalesce((select sum(a.amount_minor) from receivables_allocation as a
                where a.entity_id = i.entity_id and a.debit_item_id = i.id and a.effective_on > %(as_of)s), 0)
            - coalesce((select sum(a.amount_minor) from receivables_allocation as a
                where a.entity_id = i.entity_id and a.credit_item_id = i.id and a.effective_on > %(as_of)s), 0)
            as open_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.account_id = %(account)s and i.issued_on <= %(as_of)s
        and (i.open_minor <> 0 or i.closed_on > %(as_of)s)
)
select o.account_id, a.number, a.name, o.currency,
    count(*) as items,
    coalesce(sum(o.open_minor) filter (where o.open_minor > 0 and o.due_on >= %(as_of)s), 0)::bigint as not_due_minor,
    coalesce(sum(o.open_minor) filter (where o.open_minor > 0 and %(as_of)s::date - o.due_on between 1 and 30), 0)::bigint
        as late_1_30_minor,
    coalesce(sum(o.open_minor) filter (where o.open_minor > 0 and %(as_of)s::date - o.due_on between 31 and 60), 0)::bigint
        as late_31_60_minor,
    coalesce(sum(o.open_minor) filter (where o.open_minor > 0 and %(as_of)s::date - o.due_on between 61 and 90), 0)::bigint
        as late_61_90_minor,
    coalesce(sum(o.open_minor) filter (where o.open_minor > 0 and %(as_of)s::date - o.due_on > 90), 0)::bigint
        as late_over_90_minor,
    coalesce(sum(o.open_minor) filter (where o.open_minor < 0), 0)::bigint as unapplied_minor,
    sum(o.open_minor)::bigint as total_minor
from there as o
join receivables_account as a on a.entity_id = %(entity)s and a.id = o.account_id
where o.open_minor <> 0
group by o.account_id, a.number, a.name, o.currency
order by o.account_id, o.currency;

-- What was open at the end of the day by days late, a row an account and currency, in order of account.
with there as materialized (
    select id, account_id, currency, due_on, open_minor
    from receivables_item
    where entity_id = %(entity)s and open_minor <> 0 and issued_on <= %(as_of)s
    union all
    select id, account_id, currency, due_on, open_minor
    from receivables_item
    where entity_id = %(entity)s and closed_on > %(as_of)s and issued_on <= %(as_of)s
),
later as (
    select item_id, sum(minor)::bigint as minor
    from (
        select t.id as item_id, a.amount_minor as minor
        from there as t
        join receivables_allocation as a on a.debit_item_id = t.id
        where a.entity_id = %(entity)s and a.effective_on > %(as_of)s
        union all
        select t.id, -a.amount_minor
        from there as t
        join receivables_allocation as a on a.credit_item_id = t.id
        where a.entity_id = %(entity)s and a.effective_on > %(as_of)s
    ) as both_sides
    group by item_id
),
open_then as (
    select t.account_id, t.currency, t.due_on, t.open_minor + coalesce(l.minor, 0) as open_minor
    from there as t
    left join later as l on l.item_id = t.id
    where t.open_minor + coalesce(l.minor, 0) <> 0
),
aged as (
    select o.account_id, o.currency,
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
    from open_then as o
    group by o.account_id, o.currency
)
select g.account_id, a.number, a.name, g.currency, g.items, g.not_due_minor, g.late_1_30_minor, g.late_31_60_minor,
    g.late_61_90_minor, g.late_over_90_minor, g.unapplied_minor, g.total_minor
from aged as g
join receivables_account as a on a.entity_id = %(entity)s and a.id = g.account_id
order by g.account_id, g.currency;

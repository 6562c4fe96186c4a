-- Every control account and currency: the open items on it and the ledger's balance, at the end of the day.
with there as materialized (
    select id, gl_account_id, currency, open_minor
    from receivables_item
    where entity_id = %(entity)s and open_minor <> 0 and issued_on <= %(as_of)s
    union all
    select id, gl_account_id, currency, open_minor
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
items as (
    select t.gl_account_id, t.currency, sum(t.open_minor + coalesce(l.minor, 0)) as minor
    from there as t
    left join later as l on l.item_id = t.id
    group by t.gl_account_id, t.currency
),
books as (
    select d.gl_account_id, d.currency, sum(d.debit_minor - d.credit_minor) as minor
    from ledger_daily as d
    join ledger_account as a on a.entity_id = d.entity_id and a.id = d.gl_account_id and a.control is not null
    where d.entity_id = %(entity)s and d.on_day <= %(as_of)s
    group by d.gl_account_id, d.currency
)
select a.code, a.name, coalesce(i.currency, b.currency) as currency, coalesce(i.minor, 0)::bigint as items_minor,
    coalesce(b.minor, 0)::bigint as ledger_minor
from items as i
full join books as b on b.gl_account_id = i.gl_account_id and b.currency = i.currency
join ledger_account as a on a.entity_id = %(entity)s and a.id = coalesce(i.gl_account_id, b.gl_account_id)
order by a.code, currency;

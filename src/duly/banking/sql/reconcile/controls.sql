-- Each control account of the ledger and the open items behind it, both as of the day.
with ledger as (
    select d.gl_account_id, d.currency, sum(d.debit_minor - d.credit_minor)::bigint as minor
    from ledger_daily as d
    join ledger_account as a on a.entity_id = d.entity_id and a.id = d.gl_account_id and a.control is not null
    where d.entity_id = %(entity)s and d.on_day <= %(as_of)s
    group by d.gl_account_id, d.currency
),
behind as (
    select gl_account_id, currency, sum(minor)::bigint as minor
    from (
        select i.gl_account_id, i.currency, i.amount_minor as minor
        from receivables_item as i
        where i.entity_id = %(entity)s and i.issued_on <= %(as_of)s
        union all
        select i.gl_account_id, i.currency, -a.amount_minor
        from receivables_allocation as a
        join receivables_item as i on i.entity_id = a.entity_id and i.id = a.debit_item_id
        where a.entity_id = %(entity)s and a.effective_on <= %(as_of)s
        union all
        select i.gl_account_id, i.currency, a.amount_minor
        from receivables_allocation as a
        join receivables_item as i on i.entity_id = a.entity_id and i.id = a.credit_item_id
        where a.entity_id = %(entity)s and a.effective_on <= %(as_of)s
    ) as movements
    group by gl_account_id, currency
)
select a.code as gl_code, a.name, a.control, coalesce(l.currency, b.currency) as currency,
    coalesce(l.minor, 0) as ledger_minor, coalesce(b.minor, 0) as items_minor,
    coalesce(l.minor, 0) - coalesce(b.minor, 0) as difference_minor
from ledger as l
full join behind as b on b.gl_account_id = l.gl_account_id and b.currency = l.currency
join ledger_account as a on a.entity_id = %(entity)s and a.id = coalesce(l.gl_account_id, b.gl_account_id)
order by a.code, currency;

-- Items whose open amount is not their amount less their allocations, that are closed on another day than that of
-- their last allocation, or that sit on no control account. Meant to run as merges in key order.
with as_debit as (
    select debit_item_id as item_id, sum(amount_minor) as minor, max(effective_on) as last_on
    from receivables_allocation where entity_id = %(entity)s
    group by debit_item_id
),
as_credit as (
    select credit_item_id as item_id, sum(amount_minor) as minor, max(effective_on) as last_on
    from receivables_allocation where entity_id = %(entity)s
    group by credit_item_id
)
select 'item ' || i.id as subject,
    case
        when a.control is null then 'it is not on a control account'
        when i.open_minor <> i.amount_minor - coalesce(d.minor, 0) + coalesce(c.minor, 0) then 'open ' || i.open_minor
            || ' is not amount ' || i.amount_minor || ' less allocations ' || coalesce(d.minor, 0) - coalesce(c.minor, 0)
        else 'it is closed on ' || coalesce(i.closed_on::text, 'no day') || ', its last allocation is of '
            || coalesce(greatest(d.last_on, c.last_on)::text, 'no day')
    end as detail
from receivables_item as i
left join as_debit as d on d.item_id = i.id
left join as_credit as c on c.item_id = i.id
left join ledger_account as a on a.entity_id = i.entity_id and a.id = i.gl_account_id
where i.entity_id = %(entity)s and (
    i.open_minor <> i.amount_minor - coalesce(d.minor, 0) + coalesce(c.minor, 0)
    or a.control is null
    or (i.open_minor = 0 and i.closed_on is distinct from greatest(d.last_on, c.last_on)))
limit 100;

-- Items whose open amount is not their amount less their allocations, that are closed on another day than that of
-- their last allocation, or that sit on no control account.
with settled as (
    select item_id, sum(minor) as minor, max(effective_on) as last_on
    from (
        select debit_item_id as item_id, amount_minor as minor, effective_on
        from receivables_allocation where entity_id = %(entity)s
        union all
        select credit_item_id, -amount_minor, effective_on
        from receivables_allocation where entity_id = %(entity)s
    ) as both_sides
    group by item_id
)
select 'item ' || coalesce(i.id, s.item_id) as subject,
    case
        when i.id is null then 'its allocations settle an item that does not exist'
        when i.open_minor <> i.amount_minor - coalesce(s.minor, 0) then 'open ' || i.open_minor || ' is not amount '
            || i.amount_minor || ' less allocations ' || coalesce(s.minor, 0)
        when a.control is null then 'it is not on a control account'
        else 'it is closed on ' || coalesce(i.closed_on::text, 'no day') || ', its last allocation is of '
            || coalesce(s.last_on::text, 'no day')
    end as detail
from (select * from receivables_item where entity_id = %(entity)s) as i
full join settled as s on s.item_id = i.id
left join ledger_account as a on a.entity_id = %(entity)s and a.id = i.gl_account_id
where i.id is null
    or i.open_minor <> i.amount_minor - coalesce(s.minor, 0)
    or a.control is null
    or (i.open_minor = 0 and i.closed_on is distinct from s.last_on)
limit 100;

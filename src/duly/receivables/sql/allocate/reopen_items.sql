-- Both sides of the allocations taken back in this transaction are open again by that much.
with moved as (
    select item_id, sum(minor) as minor
    from (
        select m.debit_item_id as item_id, -m.amount_minor as minor
        from receivables_allocation as m
        where m.entity_id = %(entity)s and m.reverses_id = any(%(ids)s) and m.xid = pg_current_xact_id()
        union all
        select m.credit_item_id, m.amount_minor
        from receivables_allocation as m
        where m.entity_id = %(entity)s and m.reverses_id = any(%(ids)s) and m.xid = pg_current_xact_id()
    ) as both_sides
    group by item_id
)
update receivables_item as i
set open_minor = i.open_minor + m.minor,
    closed_on = case when i.open_minor + m.minor = 0 then i.closed_on end
from moved as m
where i.entity_id = %(entity)s and i.id = m.item_id;

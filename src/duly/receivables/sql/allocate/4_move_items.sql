-- Both sides of every staged allocation are that much nearer to zero; an item at zero is closed on the day of its
-- last allocation.
with moved as (
    select item_id, sum(minor) as minor
    from (
        select debit_item_id as item_id, -amount_minor as minor from staged_allocation
        union all
        select credit_item_id, amount_minor from staged_allocation
    ) as both_sides
    group by item_id
)
update receivables_item as i
set open_minor = i.open_minor + m.minor,
    closed_on = case when i.open_minor + m.minor = 0 then greatest(
        (select max(a.effective_on) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.debit_item_id = i.id),
        (select max(a.effective_on) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.credit_item_id = i.id)) end
from moved as m
where i.entity_id = %(entity)s and i.id = m.item_id;

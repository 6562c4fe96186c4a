-- The items of these allocations are ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s
    and i.id in (
        select debit_item_id from receivables_allocation where entity_id = %(entity)s and id = any(%(ids)s)
        union
        select credit_item_id from receivables_allocation where entity_id = %(entity)s and id = any(%(ids)s))
order by i.id
for update;

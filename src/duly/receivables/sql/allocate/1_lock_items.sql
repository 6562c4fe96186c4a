-- The items of the staged allocations are ours until commit, taken in id order so that no two clerks deadlock.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s
    and i.id in (select debit_item_id from staged_allocation union select credit_item_id from staged_allocation)
order by i.id
for update;

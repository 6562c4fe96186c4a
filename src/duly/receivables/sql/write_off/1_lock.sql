-- The items to be written off are ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s and i.id in (select item_id from staged_write_off)
order by i.id
for update;

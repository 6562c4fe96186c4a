-- What these items settle is ours until commit, in id order, together with them.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s and (i.id = any(%(ids)s) or i.id in (
    select debit_item_id from receivables_allocation where entity_id = %(entity)s and credit_item_id = any(%(ids)s)))
order by i.id
for update;

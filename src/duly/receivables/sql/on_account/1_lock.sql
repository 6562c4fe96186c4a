-- These items are ours until commit, in id order, with what is open of them.
select i.id, i.account_id, i.amount_minor, i.open_minor, i.currency
from receivables_item as i
where i.entity_id = %(entity)s and i.id = any(%(ids)s)
order by i.id
for update;

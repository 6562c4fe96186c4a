-- These refunds are ours until commit, in id order.
select r.id
from payments_refund as r
where r.entity_id = %(entity)s and r.id = any(%(ids)s)
order by r.id
for update;

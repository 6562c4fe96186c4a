-- These drafts are ours until commit, in account, id order.
insert into issuing_charge
select c.*
from invoicing_charge as c
where c.entity_id = %(entity)s and c.id = any(%(ids)s) and c.dismissed_by is null
order by c.account_id, c.id
for update of c;

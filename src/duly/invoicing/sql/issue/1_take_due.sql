-- The due drafts of the planned items are ours until commit, in account, id order.
insert into issuing_charge
select c.*
from invoicing_charge as c
join invoicing_run_item as i
    on i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.state = 'planned' and i.account_id = c.account_id and i.currency = c.currency
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
    and c.bill_on <= %(through_on)s and c.dismissed_by is null
order by c.account_id, c.id
for update of c;

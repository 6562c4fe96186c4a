-- The allocations about to be made, with their accounts.
select s.allocation_id as id, d.account_id
from staged_allocation as s
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
order by s.allocation_id;

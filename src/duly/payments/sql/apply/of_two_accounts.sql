-- Finds a staged allocation whose two items belong to different accounts.
select s.debit_item_id as id, d.account_id
from staged_allocation as s
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
join receivables_item as c on c.entity_id = s.entity_id and c.id = s.credit_item_id
where d.account_id <> c.account_id
limit 1;

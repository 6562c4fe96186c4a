-- An allocation between two control accounts needs an entry that moves the money from one to the other.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select s.entity_id, 'allocation', s.allocation_id, a.effective_on, s.reason, %(actor)s
from staged_allocation as s
join receivables_allocation as a on a.entity_id = s.entity_id and a.id = s.allocation_id
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
join receivables_item as c on c.entity_id = s.entity_id and c.id = s.credit_item_id
where s.entity_id = %(entity)s and d.gl_account_id <> c.gl_account_id;

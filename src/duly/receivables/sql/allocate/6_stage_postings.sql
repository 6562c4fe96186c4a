-- Debit the control account of the credit item, credit that of the debit item.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select e.entity_id, e.entry_id, side.line, side.gl_account_id, d.currency, side.amount_minor, side.account_id,
    side.item_id
from staged_entry as e
join staged_allocation as s on e.source_kind = 'allocation' and s.allocation_id = e.source_id
join receivables_item as d on d.entity_id = s.entity_id and d.id = s.debit_item_id
join receivables_item as c on c.entity_id = s.entity_id and c.id = s.credit_item_id
cross join lateral (values
    (1, c.gl_account_id, s.amount_minor, c.account_id, c.id),
    (2, d.gl_account_id, -s.amount_minor, d.account_id, d.id)
) as side (line, gl_account_id, amount_minor, account_id, item_id)
where e.entity_id = %(entity)s;

-- What customers owe, as they know it from their invoices, customer by customer.
select i.id as item_id, a.external_id as customer, n.number, n.reference, i.due_on, i.open_minor
from receivables_item as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
join receivables_number as n on n.entity_id = i.entity_id and n.document_kind = 'invoice' and n.document_id = i.document_id
where i.entity_id = %(entity)s and i.kind = 'invoice' and i.open_minor > 0 and a.external_id is not null
order by a.external_id, i.due_on, i.id;

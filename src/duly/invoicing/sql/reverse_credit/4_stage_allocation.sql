-- The credit note and its mirror settle each other whole.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, d.item_id, i.id, d.net_minor + d.tax_minor, %(reason)s
from issuing_document as d
join receivables_item as i on i.entity_id = %(entity)s and i.kind = 'credit_note' and i.document_id = %(id)s;

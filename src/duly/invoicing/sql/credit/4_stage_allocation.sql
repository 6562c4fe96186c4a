-- The credit settles what is still open on its invoice; the rest stays an open credit.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, i.id, d.item_id, least(i.open_minor, -(d.net_minor + d.tax_minor)), %(reason)s
from issuing_document as d
join receivables_item as i
    on i.entity_id = %(entity)s and i.kind = 'invoice' and i.document_id = %(id)s and i.open_minor > 0
where d.net_minor + d.tax_minor < 0;

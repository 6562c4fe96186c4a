-- The taxes of a document as they were frozen.
select t.rate_id, k.code as tax_code, t.component, t.category, t.rate, t.reason_code, t.taxable_minor, t.tax_minor
from invoicing_tax as t
join catalog_tax_code as k on k.entity_id = t.entity_id and k.id = t.tax_code_id
where t.entity_id = %(entity)s and t.invoice_id = %(id)s
order by t.category, t.rate desc, t.component;

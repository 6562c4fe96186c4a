-- The tax rows of each document are frozen with the rate they used, and each document knows its tax.
with written as (
    insert into invoicing_tax (entity_id, invoice_id, rate_id, tax_code_id, component, category, rate, reason_code,
        taxable_minor, tax_minor)
    select %(entity)s, s.document_id, s.rate_id, k.id, r.component, k.category, r.rate, k.reason_code, s.net_minor,
        s.tax_minor
    from (
        select document_id, rate_id, tax_code_id, sum(net_minor) as net_minor, sum(tax_minor) as tax_minor
        from issuing_share
        group by document_id, rate_id, tax_code_id
    ) as s
    join catalog_tax_rate as r on r.entity_id = %(entity)s and r.id = s.rate_id
    join catalog_tax_code as k on k.entity_id = %(entity)s and k.id = s.tax_code_id
    order by s.document_id
    returning invoice_id, tax_minor
)
update issuing_document as d
set tax_minor = w.tax_minor
from (
    select invoice_id, sum(tax_minor) as tax_minor from written group by invoice_id
) as w
where w.invoice_id = d.id and w.tax_minor <> 0;

-- Tax of the documents of the days by the rate rows they used, credits taken off.
select c.jurisdiction, c.code, t.component, t.category, t.rate * 100 as rate_percent, t.rate_id, v.currency,
    count(*) as documents, sum(t.taxable_minor)::bigint as taxable_minor, sum(t.tax_minor)::bigint as tax_minor
from invoicing_invoice as v
join invoicing_tax as t on t.entity_id = v.entity_id and t.invoice_id = v.id
join catalog_tax_code as c on c.entity_id = t.entity_id and c.id = t.tax_code_id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
group by c.jurisdiction, c.code, t.component, t.category, t.rate, t.rate_id, v.currency
order by c.jurisdiction, c.code, t.component, t.rate, t.rate_id, v.currency;

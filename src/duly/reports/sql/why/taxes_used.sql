-- The taxes of a document with the rate rows they used and the profile that chose the code.
select c.code, c.name, c.jurisdiction, t.component, t.rate * 100 as rate_percent, t.reason_code, coalesce(r.source, '') as source,
    coalesce(r.valid_from, v.issued_on) as valid_from, r.valid_to, a.tax_profile, t.taxable_minor, t.tax_minor
from invoicing_tax as t
join invoicing_invoice as v on v.entity_id = t.entity_id and v.id = t.invoice_id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join catalog_tax_code as c on c.entity_id = t.entity_id and c.id = t.tax_code_id
left join catalog_tax_rate as r on r.entity_id = t.entity_id and r.id = t.rate_id
where t.entity_id = %(entity)s and t.invoice_id = %(id)s
order by c.code, t.component, t.rate_id;

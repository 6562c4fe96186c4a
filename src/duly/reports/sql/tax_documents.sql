-- The documents of the days that used a tax rate row, in order of issue.
select n.number, v.issued_on, a.number as account, a.name, c.code, t.component, t.rate * 100 as rate_percent, v.currency,
    t.taxable_minor, t.tax_minor
from invoicing_invoice as v
join invoicing_tax as t on t.entity_id = v.entity_id and t.invoice_id = v.id
join catalog_tax_code as c on c.entity_id = t.entity_id and c.id = t.tax_code_id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join receivables_number as n on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
    and (%(rate)s::bigint is null or t.rate_id = %(rate)s)
    and (%(currency)s::text is null or v.currency = %(currency)s)
order by v.issued_on, v.id, t.rate_id;

-- The sums of the documents of the days that used a tax rate row.
select '' as number, null::date as issued_on, '' as account, '' as name, '' as code, '' as component,
    null::numeric as rate_percent, v.currency, sum(t.taxable_minor)::bigint as taxable_minor,
    sum(t.tax_minor)::bigint as tax_minor
from invoicing_invoice as v
join invoicing_tax as t on t.entity_id = v.entity_id and t.invoice_id = v.id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
    and (%(rate)s::bigint is null or t.rate_id = %(rate)s)
    and (%(currency)s::text is null or v.currency = %(currency)s)
group by v.currency
order by v.currency;

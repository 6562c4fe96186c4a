-- The lines of the invoices that cases hang on, each with its tax and rate.
select c.id as case_id, l.line, l.description, l.quantity, l.unit_price, l.net_minor,
    (select coalesce(sum(x.minor), 0) from unnest(l.tax_minors) as x (minor))::bigint as tax_minor,
    coalesce((
        select sum(t.rate) from catalog_tax_rate as t
        where t.entity_id = l.entity_id and t.id = any(l.tax_rate_ids)), 0) as rate,
    coalesce(i.code, '') as item_code
from matching_case as c
join receivables_item as o on o.entity_id = c.entity_id and o.id = c.item_id and o.kind = 'invoice'
join invoicing_line as l on l.entity_id = o.entity_id and l.invoice_id = o.document_id
left join catalog_item as i on i.entity_id = l.entity_id and i.id = l.item_id
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
order by c.id, l.line;

-- The lines of a document with their taxes, what was taken back of each, and how the price came to be.
select l.line, l.charge_key, l.version, l.source_kind, l.source_id, l.item_id, l.description, l.period_from,
    l.period_to, l.tax_point_on, l.quantity, l.unit, l.unit_price, l.net_minor, k.code as tax_code,
    k.category as tax_category, k.reason_code, l.tax_rate_ids, l.tax_minors, l.revenue_account_id,
    l.reverses_invoice_id, l.reverses_line, l.pricing, -coalesce((
        select sum(b.net_minor)::bigint from invoicing_line as b
        where b.entity_id = l.entity_id and b.reverses_invoice_id = l.invoice_id and b.reverses_line = l.line), 0)
        as credited_net_minor
from invoicing_line as l
join catalog_tax_code as k on k.entity_id = l.entity_id and k.id = l.tax_code_id
where l.entity_id = %(entity)s and l.invoice_id = %(id)s
order by l.line;

-- The lines of a credit note as charges that bill them again.
select l.line, coalesce(c.code, '') as item_code, l.description, -l.net_minor as net_minor, k.code as tax_code,
    g.code as revenue_account, l.tax_point_on
from invoicing_line as l
join catalog_tax_code as k on k.entity_id = l.entity_id and k.id = l.tax_code_id
join ledger_account as g on g.entity_id = l.entity_id and g.id = l.revenue_account_id
left join catalog_item as c on c.entity_id = l.entity_id and c.id = l.item_id
where l.entity_id = %(entity)s and l.invoice_id = %(id)s
order by l.line;

-- The lines of an invoice in the words a charge is entered with.
select l.line, coalesce(i.code, '') as item_code, l.description, l.quantity, l.unit, l.unit_price, l.net_minor,
    l.period_from, l.period_to, l.tax_point_on, g.code as revenue_account
from invoicing_line as l
left join catalog_item as i on i.entity_id = l.entity_id and i.id = l.item_id
join ledger_account as g on g.entity_id = l.entity_id and g.id = l.revenue_account_id
where l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.reverses_invoice_id is null
order by l.line;

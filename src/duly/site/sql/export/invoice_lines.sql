-- Every line of the documents of the days asked for.
select n.number, v.kind, v.issued_on, l.line, a.number as account, l.description, l.period_from, l.period_to - 1 as period_to,
    l.quantity, l.unit, l.unit_price, v.currency, l.net_minor as net, t.code as tax_code, g.code as revenue_account,
    l.charge_key
from invoicing_invoice as v
join invoicing_line as l on l.entity_id = v.entity_id and l.invoice_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join ledger_account as g on g.entity_id = l.entity_id and g.id = l.revenue_account_id
left join catalog_tax_code as t on t.entity_id = l.entity_id and t.id = l.tax_code_id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
order by v.id, l.line;

-- Each line of the credit note comes back, against the invoice's line it took from.
insert into issuing_charge (entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id,
    description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, note, created_at)
select %(entity)s, nextval('invoicing_charge_id_seq'), l.account_id, d.currency,
    'credit_undone:' || d.id || ':' || l.line, 1, 'credit_undone', l.source_id, l.item_id, l.description,
    l.period_from, l.period_to, %(today)s, l.tax_point_on, -l.quantity, l.unit, l.unit_price, -l.net_minor,
    l.tax_code_id, l.revenue_account_id, d.po_number, l.reverses_invoice_id, l.reverses_line,
    jsonb_build_object('takes_back', l.charge_key), '', %(at)s
from invoicing_line as l
cross join issuing_document as d
where l.entity_id = %(entity)s and l.invoice_id = %(id)s
order by l.line;

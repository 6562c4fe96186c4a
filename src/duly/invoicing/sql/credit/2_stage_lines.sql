-- Each credited line is the mirror of what is taken of it.
insert into issuing_charge (entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id,
    description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, note, created_at)
select %(entity)s, nextval('invoicing_charge_id_seq'), l.account_id, d.currency, 'credit:' || d.id || ':' || l.line, 1,
    'credit', l.source_id, l.item_id, l.description, l.period_from, l.period_to, %(today)s, l.tax_point_on,
    case when -t.net_minor = l.net_minor then -l.quantity else -1 end, l.unit,
    case when -t.net_minor = l.net_minor then l.unit_price
        else -t.net_minor / power(10::numeric, duly_currency_digits(d.currency)) end,
    t.net_minor, l.tax_code_id, l.revenue_account_id, d.po_number, l.invoice_id, l.line,
    jsonb_build_object('credits', l.charge_key, 'version', l.version), '', %(at)s
from jsonb_to_recordset(%(lines)s::jsonb) as t (line int, net_minor bigint)
join invoicing_line as l on l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.line = t.line
cross join issuing_document as d
order by l.line;

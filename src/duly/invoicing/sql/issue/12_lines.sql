-- Each charge is a line of its document, with its share of each tax.
insert into invoicing_line (entity_id, invoice_id, line, account_id, charge_key, version, source_kind, source_id,
    item_id, description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor,
    tax_code_id, tax_rate_ids, tax_minors, revenue_account_id, reverses_invoice_id, reverses_line, pricing)
select %(entity)s, d.id, row_number() over (partition by d.id order by c.id), c.account_id, c.charge_key, c.version,
    c.source_kind, c.source_id, c.item_id, c.description, c.period_from, c.period_to, c.bill_on, c.tax_point_on,
    c.quantity, c.unit, c.unit_price, c.net_minor, c.tax_code_id, coalesce(s.rate_ids, '{}'),
    coalesce(s.tax_minors, '{}'), c.revenue_account_id, c.reverses_invoice_id, c.reverses_line, c.pricing
from issuing_charge as c
join issuing_document as d
    on d.account_id = c.account_id and d.currency = c.currency and d.po_number = c.po_number
left join (
    select charge_id, array_agg(rate_id order by rate_id) as rate_ids,
        array_agg(tax_minor order by rate_id) as tax_minors
    from issuing_share
    group by charge_id
) as s on s.charge_id = c.id;

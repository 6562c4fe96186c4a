-- Drafts nobody edited say what is staged under their key; equal ones are not touched.
with changed as (
    select c.id, s.*
    from invoicing_charge as c
    join staged_charge as s on s.account_id = c.account_id and s.charge_key = c.charge_key and s.version = c.version
    where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
        and c.edited_by is null and c.dismissed_by is null
        and (c.currency, c.source_kind, c.source_id, c.item_id, c.description, c.period_from, c.period_to,
            c.bill_on, c.tax_point_on, c.quantity, c.unit, c.unit_price, c.net_minor, c.tax_code_id,
            c.revenue_account_id, c.po_number, c.reverses_invoice_id, c.reverses_line, c.pricing)
        is distinct from
            (s.currency, s.source_kind, s.source_id, s.item_id, s.description, s.period_from, s.period_to,
            s.bill_on, s.tax_point_on, s.quantity, s.unit, s.unit_price, s.net_minor, s.tax_code_id,
            s.revenue_account_id, s.po_number, s.reverses_invoice_id, s.reverses_line, s.pricing)
    order by c.account_id, c.id
    for update of c
)
update invoicing_charge as c
set currency = s.currency, source_kind = s.source_kind, source_id = s.source_id, item_id = s.item_id,
    description = s.description, period_from = s.period_from, period_to = s.period_to,
    bill_on = s.bill_on, tax_point_on = s.tax_point_on, quantity = s.quantity, unit = s.unit,
    unit_price = s.unit_price, net_minor = s.net_minor, tax_code_id = s.tax_code_id,
    revenue_account_id = s.revenue_account_id, po_number = s.po_number,
    reverses_invoice_id = s.reverses_invoice_id, reverses_line = s.reverses_line, pricing = s.pricing
from changed as s
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s and c.id = s.id;

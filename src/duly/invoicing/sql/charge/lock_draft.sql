-- A draft, ours until commit.
select id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, agreed_net_minor,
    edited_by, dismissed_by, note
from invoicing_charge
where entity_id = %(entity)s and id = %(id)s
for update;

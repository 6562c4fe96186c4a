-- These drafts are ours until commit, in account, id order; a charge without a purchase-order number carries its
-- account's.
insert into issuing_charge (entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id,
    description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor,
    tax_code_id, revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, note,
    created_at)
select c.entity_id, c.id, c.account_id, c.currency, c.charge_key, c.version, c.source_kind, c.source_id,
    c.item_id, c.description, c.period_from, c.period_to, c.bill_on, c.tax_point_on, c.quantity, c.unit,
    c.unit_price, c.net_minor, c.tax_code_id, c.revenue_account_id,
    case when c.po_number = '' then a.po_number else c.po_number end, c.reverses_invoice_id,
    c.reverses_line, c.pricing, c.note, c.created_at
from invoicing_charge as c
join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
where c.entity_id = %(entity)s and c.id = any(%(ids)s) and c.dismissed_by is null
order by c.account_id, c.id
for update of c;

-- These drafts are drafts no more but ours to bill, in account, id order; a charge without a purchase-order number
-- carries its account's.
with named as (
    delete from invoicing_charge as c
    using receivables_account as a
    where c.entity_id = %(entity)s and c.id = any(%(ids)s) and c.dismissed_by is null
        and a.entity_id = c.entity_id and a.id = c.account_id
    returning
        c.entity_id, c.id, c.account_id, c.currency, c.charge_key, c.version, c.source_kind, c.source_id, c.item_id,
        c.description, c.period_from, c.period_to, c.bill_on, c.tax_point_on, c.quantity, c.unit, c.unit_price,
        c.net_minor, c.tax_code_id, c.revenue_account_id,
        case when c.po_number = '' then a.po_number else c.po_number end as po_number, c.reverses_invoice_id,
        c.reverses_line, c.pricing, c.import_batch_id, c.agreed_net_minor, c.edited_by, c.dismissed_by, c.note,
        c.created_at, c.po_number as own_po_number
)
insert into issuing_charge (
    entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, import_batch_id, agreed_net_minor,
    edited_by, dismissed_by, note, created_at, own_po_number)
select
    entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, import_batch_id, agreed_net_minor,
    edited_by, dismissed_by, note, created_at, own_po_number
from named
order by account_id, id;

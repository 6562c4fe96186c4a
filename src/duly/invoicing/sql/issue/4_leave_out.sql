-- Drafts of items that are not to be billed now are drafts again, as they were.
with left_out as (
    delete from issuing_charge as c
    using invoicing_run_item as i
    where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
        and i.account_id = c.account_id and i.currency = c.currency and i.state <> 'planned'
    returning c.*
)
insert into invoicing_charge (
    entity_id, id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, import_batch_id, agreed_net_minor,
    edited_by, dismissed_by, note, created_at)
select
    c.entity_id, c.id, c.account_id, c.currency, c.charge_key, c.version, c.source_kind, c.source_id, c.item_id,
    c.description, c.period_from, c.period_to, c.bill_on, c.tax_point_on, c.quantity, c.unit, c.unit_price,
    c.net_minor, c.tax_code_id, c.revenue_account_id, c.own_po_number, c.reverses_invoice_id, c.reverses_line,
    c.pricing, c.import_batch_id, c.agreed_net_minor, c.edited_by, c.dismissed_by, c.note, c.created_at
from left_out as c
order by c.account_id, c.id;

-- The charges of a voided invoice are drafts again, as the next version of themselves.
insert into invoicing_charge (entity_id, account_id, currency, charge_key, version, source_kind, source_id, item_id,
    description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, pricing, note)
select l.entity_id, l.account_id, v.currency, l.charge_key, (
        select max(x.version) + 1 from invoicing_line as x
        where x.entity_id = l.entity_id and x.charge_key = l.charge_key),
    l.source_kind, l.source_id, l.item_id, l.description, l.period_from, l.period_to, l.bill_on, l.tax_point_on,
    l.quantity, l.unit, l.unit_price, l.net_minor, l.tax_code_id, l.revenue_account_id, v.po_number,
    coalesce(l.pricing, '{}') || jsonb_build_object('rebills_invoice', l.invoice_id, 'rebills_line', l.line), ''
from invoicing_line as l
join invoicing_invoice as v on v.entity_id = l.entity_id and v.id = l.invoice_id
where l.entity_id = %(entity)s and l.invoice_id = %(id)s and l.reverses_invoice_id is null
order by l.account_id, l.charge_key
on conflict (entity_id, charge_key, version) do nothing;

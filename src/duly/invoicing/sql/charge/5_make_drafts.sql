-- What is staged and neither drafted nor billed is a draft; the unique key decides between two who try at once: the later
-- one fails and looks again. (`on conflict` would announce every row first, which costs each run more than that.)
insert into invoicing_charge (
    entity_id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing, import_batch_id)
select distinct on (s.account_id, s.charge_key, s.version)
    s.entity_id, s.account_id, s.currency, s.charge_key, s.version, s.source_kind, s.source_id,
    s.item_id, s.description, s.period_from, s.period_to, s.bill_on, s.tax_point_on, s.quantity, s.unit,
    s.unit_price, s.net_minor, s.tax_code_id, s.revenue_account_id, s.po_number, s.reverses_invoice_id,
    s.reverses_line, s.pricing, s.import_batch_id
from staged_charge as s
left join invoicing_charge as c
    on c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
    and c.charge_key = s.charge_key and c.version = s.version
where c.id is null
    and (select true from invoicing_line as l
        where l.entity_id = %(entity)s and l.charge_key = s.charge_key and l.version = s.version) is null
order by s.account_id, s.charge_key, s.version;

-- Every staged row is about to be a draft charge.
insert into staged_charge (entity_id, account_id, currency, charge_key, version, source_kind, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, pricing, import_batch_id)
select %(entity)s, a.id, a.currency,
    case when s.external_id is null then 'import:' || %(batch)s || ':' || s.line else 'import:' || s.external_id end,
    1, 'import', i.id, coalesce(nullif(s.description, ''), i.name), s.period_from, s.period_to + 1,
    coalesce(s.bill_on, %(today)s), coalesce(s.period_to, s.bill_on, %(today)s), s.quantity, i.unit, s.unit_price,
    round(coalesce(s.amount, s.quantity * s.unit_price) * power(10::numeric, duly_currency_digits(a.currency)))::bigint,
    r.tax_code_id, g.id, coalesce(nullif(s.po_number, ''), a.po_number),
    jsonb_build_object('rule', 'imported', 'batch', %(batch)s, 'line', s.line), %(batch)s
from staged_import as s
join receivables_account as a
    on a.entity_id = %(entity)s and (a.external_id = s.customer or (a.number = s.customer and a.external_id is distinct from s.customer))
join catalog_item as i on i.entity_id = %(entity)s and i.code = s.item
join catalog_tax_rule as r on r.entity_id = %(entity)s and r.tax_profile = a.tax_profile and r.tax_class = i.tax_class
    and r.valid_from <= coalesce(s.period_to, s.bill_on, %(today)s)
    and (r.valid_to is null or r.valid_to > coalesce(s.period_to, s.bill_on, %(today)s))
join ledger_account as g on g.entity_id = %(entity)s and g.code = i.revenue_account;

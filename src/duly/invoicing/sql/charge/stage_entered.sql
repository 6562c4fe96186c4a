-- What was entered is staged, completed from catalog and account.
insert into staged_charge (entity_id, account_id, currency, charge_key, version, source_kind, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, pricing, import_batch_id)
select %(entity)s, e.account_id, coalesce(nullif(e.currency, ''), a.currency), e.charge_key, 1, e.source_kind, i.id,
    coalesce(nullif(e.description, ''), i.names ->> a.language, i.name), e.period_from, e.period_to, e.bill_on,
    coalesce(e.tax_point_on, e.bill_on), coalesce(e.quantity, 1), coalesce(nullif(e.unit, ''), i.unit, ''),
    coalesce(e.unit_price, case when e.net_minor is null then p.unit_price end),
    coalesce(e.net_minor, duly_round_minor(coalesce(e.quantity, 1) * coalesce(e.unit_price, p.unit_price)
        * power(10::numeric, duly_currency_digits(coalesce(nullif(e.currency, ''), a.currency)::char(3))))),
    k.id, g.id, coalesce(e.po_number, ''),
    jsonb_strip_nulls(jsonb_build_object('entered', true, 'list_unit_price', p.unit_price, 'price_id', p.id)),
    e.import_batch_id
from jsonb_to_recordset(%(rows)s::jsonb) as e (account_id bigint, item_code text, description text, quantity numeric,
    unit_price numeric, net_minor bigint, currency text, unit text, period_from date, period_to date, bill_on date,
    tax_point_on date, tax_code text, revenue_account text, po_number text, charge_key text, source_kind text,
    import_batch_id bigint)
join receivables_account as a on a.entity_id = %(entity)s and a.id = e.account_id
left join catalog_item as i on i.entity_id = %(entity)s and i.code = e.item_code
left join catalog_price as p on p.entity_id = %(entity)s and p.item_id = i.id and p.price_list = 'standard'
    and p.currency = coalesce(nullif(e.currency, ''), a.currency)
    and p.valid_from <= e.bill_on and (p.valid_to is null or e.bill_on < p.valid_to)
left join catalog_tax_rule as u on u.entity_id = %(entity)s and u.tax_profile = a.tax_profile
    and u.tax_class = coalesce(i.tax_class, 'standard')
    and u.valid_from <= coalesce(e.tax_point_on, e.bill_on)
    and (u.valid_to is null or coalesce(e.tax_point_on, e.bill_on) < u.valid_to)
join catalog_tax_code as k on k.entity_id = %(entity)s
    and case when coalesce(e.tax_code, '') <> '' then k.code = e.tax_code else k.id = u.tax_code_id end
join ledger_account as g on g.entity_id = %(entity)s
    and g.code = coalesce(nullif(e.revenue_account, ''), i.revenue_account, '4000');

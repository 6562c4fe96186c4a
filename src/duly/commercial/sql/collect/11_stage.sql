-- Everything wanted and not yet billed is staged as a charge, taxed by the account's profile and the item's class on
-- its tax point, with how its price came to be.
insert into staged_charge (
    entity_id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, pricing)
select
    %(entity)s, w.account_id, d.currency, w.charge_key, w.version, w.kind, w.term_id, d.item_id,
    coalesce(nullif(w.description, ''), nullif(d.description, ''), i.names ->> a.language, i.name),
    w.covered_from, w.covered_to, w.bill_on, w.tax_point_on, w.quantity, i.unit,
    case
        when w.base_minor is not null then w.net_minor / d.scale
        when d.model in ('flat', 'per_unit', 'usage', 'one_off', 'milestone') and (w.period_from is null
            or d.meter is not null or d.proration = 'none' or w.covered_days = w.period_to - w.period_from)
            then w.unit_price end,
    w.net_minor, t.tax_code_id, g.id, coalesce(nullif(d.po_number, ''), a.po_number),
    -- A full period at the line's own price needs no more than rule and price.
    case
        when w.covered_days = w.period_to - w.period_from and w.price_id is null and w.steps is null
            and w.used is null and w.base_minor is null then jsonb_build_object('model', d.model, 'price', w.unit_price)
        else jsonb_strip_nulls(jsonb_build_object('model', d.model, 'price', trim_scale(w.unit_price),
            'price_id', w.price_id, 'quantity', trim_scale(w.quantity), 'days', w.covered_days,
            'of_days', w.period_to - w.period_from, 'proration', d.proration, 'steps', w.steps, 'meter', d.meter,
            'aggregate', d.aggregate, 'used', trim_scale(w.used), 'included', nullif(trim_scale(w.included), 0),
            'package_size', trim_scale(d.package_size), 'percentage', trim_scale(d.percentage),
            'base_minor', w.base_minor, 'minimum_minor', w.minimum_minor))
    end
from commercial_wanted as w
join commercial_due as d on d.term_id = w.term_id
join receivables_account as a
    on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = w.account_id
join catalog_item as i on i.entity_id = %(entity)s and i.id = d.item_id
join catalog_tax_rule as t
    on t.entity_id = %(entity)s and t.tax_profile = a.tax_profile and t.tax_class = i.tax_class
    and w.tax_point_on >= t.valid_from and (t.valid_to is null or w.tax_point_on < t.valid_to)
join ledger_account as g on g.entity_id = %(entity)s and g.code = i.revenue_account
where not w.settled and w.net_minor <> 0;

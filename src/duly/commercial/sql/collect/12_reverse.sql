-- What was billed and is no longer so is reversed by what is left of it, against the billed line, at its own tax code.
insert into staged_charge (
    entity_id, account_id, currency, charge_key, version, source_kind, source_id, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, po_number, reverses_invoice_id, reverses_line, pricing)
select
    %(entity)s, b.account_id, b.currency, 'reverse:' || b.charge_key, b.version, 'reversal', b.term_id, b.item_id,
    b.description, b.period_from, b.period_to,
    b.bill_on, b.tax_point_on,
    case when b.left_minor = b.net_minor then -b.quantity else -1 end, b.unit,
    case when b.left_minor = b.net_minor then b.unit_price else b.left_minor::numeric / d.scale end,
    -b.left_minor, b.tax_code_id, b.revenue_account_id, coalesce(nullif(d.po_number, ''), a.po_number),
    b.invoice_id, b.line,
    jsonb_build_object('reverses', b.charge_key, 'version', b.version, 'billed_minor', b.net_minor,
        'credited_minor', b.net_minor - b.left_minor, 'now_minor', coalesce(w.net_minor, 0))
from commercial_billed as b
join commercial_due as d on d.term_id = b.term_id
join receivables_account as a on a.entity_id = %(entity)s and a.id = b.account_id
left join commercial_wanted as w on w.charge_key = b.charge_key
where not b.reversed and b.left_minor <> 0 and not coalesce(w.settled, false)
    -- Not judged: what cannot be priced today, and what falls due later than this run looks.
    and case when w.charge_key is null then b.bill_on <= %(through)s else w.net_minor is not null end;

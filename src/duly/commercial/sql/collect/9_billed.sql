-- commercial_billed holds, for agreements in doubt, the last billed version of each charge in the days in doubt: what
-- of it is left after credits, and whether a reversal of ours has been billed for it.
insert into commercial_billed (
    charge_key, version, term_id, account_id, currency, source_kind, invoice_id, line, item_id, description,
    period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor, tax_code_id,
    revenue_account_id, left_minor, reversed)
select distinct on (l.charge_key)
    l.charge_key, l.version, d.term_id, l.account_id, d.currency, l.source_kind, l.invoice_id, l.line, l.item_id,
    l.description, l.period_from, l.period_to, l.bill_on, l.tax_point_on, l.quantity, l.unit, l.unit_price,
    l.net_minor, l.tax_code_id, l.revenue_account_id,
    l.net_minor + coalesce((
        select sum(r.net_minor) from invoicing_line as r
        where r.entity_id = l.entity_id and r.reverses_invoice_id = l.invoice_id and r.reverses_line = l.line), 0),
    exists (
        select from invoicing_line as r
        where r.entity_id = l.entity_id and r.charge_key = 'reverse:' || l.charge_key and r.version = l.version)
from commercial_due as d
join invoicing_line as l
    on l.entity_id = %(entity)s and l.source_id = d.term_id and l.source_kind in ('agreement', 'usage')
where d.recheck_from is not null
    and (l.period_from is null or l.period_from >= commercial_boundary(d.unit, d.count, d.phase, d.anchor_day,
        commercial_period_no(d.unit, d.count, d.phase, d.anchor_day, d.first_on)))
order by l.charge_key, l.version desc;

-- commercial_wanted holds a row for every period of every recurring term that is due: what it covers, its list price,
-- and what it comes to where that does not depend on use, steps or other lines.
with period as materialized (
    select f.unit, f.count, f.phase, f.anchor_day, f.first_on, f.skip, b.starts_on, ':' || b.starts_on as label,
        commercial_boundary(f.unit, f.count, f.phase, f.anchor_day, k + 1) as ends_on
    from (select distinct unit, count, phase, anchor_day, first_on, skip from commercial_due where unit <> 'once') as f
    cross join lateral generate_series(
        commercial_period_no(f.unit, f.count, f.phase, f.anchor_day, f.first_on) + f.skip,
        commercial_period_no(f.unit, f.count, f.phase, f.anchor_day, %(through)s)) as k
    cross join lateral (select commercial_boundary(f.unit, f.count, f.phase, f.anchor_day, k) as starts_on) as b
), pause as materialized (
    select agreement_id, range_agg(daterange(paused_on, resumed_on)) as days
    from commercial_pause
    where entity_id = %(entity)s and account_id between %(first)s and %(last)s
        and (resumed_on is null or resumed_on > paused_on)
    group by agreement_id
)
insert into commercial_wanted (
    charge_key, term_id, agreement_id, account_id, line, kind, period_from, period_to, covered_from, covered_to,
    covered_days, pieces, quantity, unit_price, price_id, list_tiers, bill_on, tax_point_on, settled, net_minor)
select
    'term:' || c.term_id || c.label, c.term_id, c.agreement_id, c.account_id, c.line,
    case when c.meter is not null then 'usage' else 'agreement' end,
    c.starts_on, c.ends_on, c.covered_on, c.covered_to, c.days, c.pieces,
    c.quantity, price.unit_price, list.id, list.tiers, b.bill_on,
    case c.timing when 'advance' then c.covered_on else c.covered_to - 1 end,
    c.settled,
    case when c.model in ('flat', 'per_unit') and c.meter is null then
        case when c.whole or c.days = c.ends_on - c.starts_on
            then round(price.unit_price * c.quantity * c.scale)::bigint
            else commercial_prorated(price.unit_price * c.quantity * c.scale, c.starts_on, c.ends_on,
                c.covered_on, c.covered_to, c.pieces) end
    end
from (
    select d.term_id, d.agreement_id, d.account_id, d.line, d.meter, d.model, d.quantity, d.unit_price, d.scale,
        d.timing, d.item_id, d.price_list, d.currency, d.ends_on as over_on, p.label, p.starts_on, p.ends_on, w.whole,
        d.billed_from is not null and d.recheck_from is null and p.starts_on <= d.billed_from as settled,
        cut.pieces,
        case when cut.pieces is null then r.starts_on else lower(cut.pieces) end as covered_on,
        case when cut.pieces is null then r.ends_on else upper(cut.pieces) end as covered_to,
        case when cut.pieces is null then r.ends_on - r.starts_on
            else (select sum(upper(piece) - lower(piece)) from unnest(cut.pieces) as piece) end as days
    from commercial_due as d
    join period as p
        on p.unit = d.unit and p.count = d.count and p.phase = d.phase and p.anchor_day = d.anchor_day
        and p.first_on = d.first_on and p.skip = d.skip
    left join pause as q on q.agreement_id = d.agreement_id
    cross join lateral (select d.proration = 'none' and d.meter is null as whole) as w
    cross join lateral (select
        greatest(p.starts_on, case when w.whole then d.line_from else d.covered_from end) as starts_on,
        least(p.ends_on, case when w.whole then d.ends_on else d.covered_to end) as ends_on) as r
    cross join lateral (select case when q.days is null then null
        when q.days && daterange(r.starts_on, greatest(r.starts_on, r.ends_on))
        then datemultirange(daterange(r.starts_on, greatest(r.starts_on, r.ends_on))) - q.days end as pieces) as cut
    where p.starts_on < coalesce(d.covered_to, 'infinity') and p.ends_on > d.covered_from
        and (not w.whole
            or (r.starts_on >= d.covered_from and (d.covered_to is null or r.starts_on < d.covered_to)))
    -- Coverage is computed once a row, not again wherever it is used.
    offset 0
) as c
cross join lateral (select case c.timing when 'advance' then c.covered_on
    else least(c.ends_on, c.over_on) end as bill_on) as b
left join catalog_price as list
    on list.entity_id = %(entity)s and c.unit_price is null and c.model not in ('minimum', 'percentage')
    and list.item_id = c.item_id and list.price_list = c.price_list and list.currency = c.currency
    and c.covered_on >= list.valid_from and (list.valid_to is null or c.covered_on < list.valid_to)
cross join lateral (select coalesce(c.unit_price, list.unit_price) as unit_price) as price
where c.days > 0 and b.bill_on <= %(through)s;

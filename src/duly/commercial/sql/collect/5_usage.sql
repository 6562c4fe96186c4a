-- Metered rows hold what was used on the days they cover, less what is included in the price (its share by days,
-- rounded to six digits).
update commercial_wanted as w
set quantity = u.chargeable, used = u.used, included = u.included
from (
    select v.charge_key, used.quantity as used, free.quantity as included,
        greatest(0, used.quantity - free.quantity) as chargeable
    from commercial_wanted as v
    join commercial_due as d on d.term_id = v.term_id
    -- One scan for sum and most; the dearer aggregates only where they are asked for.
    cross join lateral (
        select sum(e.quantity) as total, max(e.quantity) as most
        from commercial_usage_event as e
        where d.aggregate in ('sum', 'max') and e.entity_id = %(entity)s and e.account_id = v.account_id
            and e.meter = d.meter and e.on_day >= v.covered_from and e.on_day < v.covered_to
            and (e.agreement_id is null or e.agreement_id = d.agreement_id)
            and (v.pieces is null or v.pieces @> e.on_day)) as plain
    cross join lateral (
        select (array_agg(e.quantity order by e.at desc, e.id desc))[1] as latest,
            count(distinct e.unique_key) as different
        from commercial_usage_event as e
        where d.aggregate in ('last', 'unique') and e.entity_id = %(entity)s and e.account_id = v.account_id
            and e.meter = d.meter and e.on_day >= v.covered_from and e.on_day < v.covered_to
            and (e.agreement_id is null or e.agreement_id = d.agreement_id)
            and (v.pieces is null or v.pieces @> e.on_day)) as sorted
    cross join lateral (
        select coalesce(case d.aggregate when 'sum' then plain.total when 'max' then plain.most
            when 'last' then sorted.latest else sorted.different end, 0) as quantity) as used
    cross join lateral (
        select case when d.proration = 'none' then d.included_quantity
            else round(d.included_quantity * v.covered_days / (v.period_to - v.period_from), 6) end as quantity) as free
    where d.meter is not null
    offset 0) as u
where w.charge_key = u.charge_key;

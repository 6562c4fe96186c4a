-- Rows priced in steps, in packages, by percentage or by use know their exact amount, their steps and their net.
with row as materialized (
    select w.charge_key, w.quantity, w.unit_price, w.list_tiers, w.term_id,
        d.model, d.scale, d.package_size, d.percentage
    from commercial_wanted as w
    join commercial_due as d on d.term_id = w.term_id
    where (d.model in ('usage', 'graduated', 'volume', 'package') or d.meter is not null)
), tier as (
    select r.charge_key, r.quantity, r.model, t.step, t.up_to, t.unit_price, t.flat_price,
        coalesce(lag(t.up_to) over (partition by r.charge_key order by t.step), 0) as above
    from row as r
    cross join lateral (
        select s.step::bigint, s.up_to, s.unit_price, s.flat_price
        from commercial_tier as s
        where s.entity_id = %(entity)s and s.term_id = r.term_id
        union all
        select j.step, (j.tier ->> 'up_to')::numeric, coalesce((j.tier ->> 'unit_price')::numeric, 0),
            coalesce((j.tier ->> 'flat_price')::numeric, 0)
        from jsonb_array_elements(r.list_tiers) with ordinality as j (tier, step)
        where not exists (select 1 from commercial_tier as s where s.entity_id = %(entity)s and s.term_id = r.term_id)
    ) as t
    where r.model in ('graduated', 'volume')
), step as (
    select charge_key, step, above, up_to, unit_price, flat_price,
        case model when 'volume' then quantity else least(quantity, coalesce(up_to, quantity)) - above end as units
    from tier
    where quantity > above and (model = 'graduated' or up_to is null or quantity <= up_to)
), stepped as (
    select charge_key, sum(units * unit_price + flat_price) as amount,
        jsonb_agg(jsonb_strip_nulls(jsonb_build_object('above', trim_scale(above), 'up_to', trim_scale(up_to),
            'units', trim_scale(units), 'unit_price', trim_scale(unit_price),
            'flat_price', nullif(trim_scale(flat_price), 0))) order by step) as steps
    from step
    group by charge_key
), priced as (
    select r.charge_key, s.steps, r.scale * case r.model
        when 'graduated' then coalesce(s.amount, 0)
        when 'volume' then coalesce(s.amount, 0)
        when 'package' then r.unit_price
            * (div(r.quantity, r.package_size) + (mod(r.quantity, r.package_size) > 0)::int)
        when 'percentage' then r.quantity * r.percentage / 100
        when 'flat' then (r.quantity > 0)::int * r.unit_price
        else r.quantity * r.unit_price end as exact_minor
    from row as r
    left join stepped as s on s.charge_key = r.charge_key
)
update commercial_wanted as w
set steps = p.steps,
    net_minor = case when d.meter is not null or d.proration = 'none' then round(p.exact_minor)::bigint
        else commercial_prorated(p.exact_minor, w.period_from, w.period_to, w.covered_from, w.covered_to, w.pieces) end
from priced as p, commercial_due as d
where w.charge_key = p.charge_key and d.term_id = w.term_id;

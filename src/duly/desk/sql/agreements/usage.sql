-- What was used in the running period of each metered line of an agreement.
with lines as (
    select t.id, t.line, t.meter, t.aggregate, t.included_quantity, t.account_id, i.name as item_name, i.unit,
        commercial_boundary(t.interval_unit, t.interval_count, t.phase, t.anchor_day,
            commercial_period_no(t.interval_unit, t.interval_count, t.phase, t.anchor_day, %(today)s)) as period_from,
        commercial_boundary(t.interval_unit, t.interval_count, t.phase, t.anchor_day,
            commercial_period_no(t.interval_unit, t.interval_count, t.phase, t.anchor_day, %(today)s) + 1) as period_to
    from commercial_term as t
    join catalog_item as i on i.entity_id = t.entity_id and i.id = t.item_id
    where t.entity_id = %(entity)s and t.account_id = %(account)s and t.agreement_id = %(agreement)s
        and t.meter is not null and t.interval_unit <> 'once'
        and t.valid_from <= %(today)s and (t.valid_to is null or t.valid_to > %(today)s)
)
select l.line, l.meter, l.aggregate, l.item_name, l.unit, l.included_quantity, l.period_from, l.period_to,
    coalesce(u.events, 0) as events,
    coalesce(case l.aggregate when 'sum' then u.total when 'max' then u.most when 'unique' then u.keys else u.latest end, 0)
        as quantity
from lines as l
left join lateral (
    select count(*) as events, sum(e.quantity) as total, max(e.quantity) as most,
        count(distinct e.unique_key)::numeric as keys, (array_agg(e.quantity order by e.at desc, e.id desc))[1] as latest
    from commercial_usage_event as e
    where e.entity_id = %(entity)s and e.account_id = l.account_id and e.meter = l.meter
        and e.on_day >= l.period_from and e.on_day < l.period_to) as u on true
order by l.line;

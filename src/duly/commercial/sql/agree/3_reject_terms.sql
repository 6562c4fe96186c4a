-- A staged line that cannot be billed as said names the rule it breaks.
update staged_term as t
set problem = case
    when t.item_id is null then 'item_unknown'
    when t.model not in ('flat', 'per_unit', 'usage', 'graduated', 'volume', 'package', 'percentage', 'minimum',
        'one_off', 'milestone') then 'model_unknown'
    when t.quantity < 0 or t.included_quantity < 0 then 'quantity_negative'
    when t.model = 'usage' and t.meter is null then 'meter_missing'
    when t.aggregate not in ('sum', 'max', 'last', 'unique') then 'aggregate_unknown'
    when t.aggregate is not null and t.meter is null then 'meter_missing'
    when t.meter is not null and t.model in ('one_off', 'milestone', 'minimum') then 'meter_not_for_model'
    when t.model = 'package' and coalesce(t.package_size, 0) <= 0 then 'package_size_missing'
    when t.model = 'percentage' and t.percentage is null then 'percentage_missing'
    when t.model = 'minimum' and t.minimum_minor is null then 'minimum_missing'
    when t.minimum_minor < 0 or t.percentage < 0 then 'amount_negative'
    when t.model not in ('one_off', 'milestone') and t.interval_unit = 'once' then 'interval_missing'
    when t.interval_unit not in ('month', 'day', 'once') or t.interval_count not between 1 and 1200
        then 'interval_unknown'
    when t.timing not in ('advance', 'arrears') then 'timing_unknown'
    when t.valid_to < t.valid_from then 'ends_before_start'
    when t.model in ('graduated', 'volume') and e.steps is null and (t.unit_price is not null) then 'tiers_missing'
    when e.steps is not null and t.model not in ('graduated', 'volume') then 'tiers_not_for_model'
    when e.steps is not null and (e.open_steps <> 1 or not e.last_open or not e.rising) then 'tiers_out_of_order'
    end
from staged_term as o
left join (
    select place, line, count(*) as steps, count(*) filter (where up_to is null) as open_steps,
        bool_or(up_to is null and is_last) as last_open,
        bool_and(up_to is null or up_to > coalesce(before, 0)) as rising
    from (
        select place, line, up_to, lag(up_to) over w as before, lead(step) over w is null as is_last
        from staged_tier window w as (partition by place, line order by step)) as step
    group by place, line) as e on e.place = o.place and e.line = o.line
where t.place = o.place and t.line = o.line;

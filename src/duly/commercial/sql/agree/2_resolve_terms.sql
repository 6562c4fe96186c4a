-- Staged lines know their item and, from their agreement, interval, timing and first day.
update staged_term as t
set item_id = i.id,
    interval_unit = case when t.model in ('one_off', 'milestone') then 'once'
        else coalesce(t.interval_unit, s.interval_unit) end,
    interval_count = coalesce(t.interval_count, s.interval_count),
    timing = case when t.meter is not null or t.model = 'minimum' then 'arrears'
        else coalesce(t.timing, s.timing) end,
    aggregate = coalesce(t.aggregate, case when t.meter is not null then 'sum' end),
    valid_from = greatest(t.valid_from, s.starts_on)
from staged_term as o
join staged_agreement as s on s.place = o.place
left join catalog_item as i on i.entity_id = %(entity)s and i.code = o.item and i.active
where o.place = t.place and o.line = t.line;

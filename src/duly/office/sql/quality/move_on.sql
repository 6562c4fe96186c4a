-- The next draw begins after the last event there is now.
update office_sampling
set sampled_through = greatest(sampled_through,
    coalesce((select max(id) from events_event where entity_id = %(entity)s), 0))
where entity_id = %(entity)s;

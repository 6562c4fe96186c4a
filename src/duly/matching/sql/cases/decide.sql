-- The open case, as it was seen, is decided; or it waits for somebody until a day.
update matching_case
set state = %(state)s, cause = %(cause)s, resolution = %(resolution)s,
    note = case when %(note)s = '' then note else %(note)s end, waiting_on = %(waiting_on)s,
    due_on = case when %(state)s = 'open' then %(due_on)s else due_on end,
    resolved_on = case when %(state)s <> 'open' then %(today)s::date end,
    resolved_by = case when %(state)s <> 'open' then %(by_name)s else '' end,
    resolved_by_id = case when %(state)s <> 'open' then %(by)s::bigint end,
    owner_id = coalesce(owner_id, %(by)s), version = version + 1
where entity_id = %(entity)s and id = %(id)s and state = 'open' and version = %(version)s
returning id;

-- The office has a seed for its samples; nothing before this moment is sampled.
insert into office_sampling (entity_id, seed, sampled_through)
select %(entity)s, %(seed)s, coalesce(max(id), 0) from events_event where entity_id = %(entity)s
on conflict do nothing;

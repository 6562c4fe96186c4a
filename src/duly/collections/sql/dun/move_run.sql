-- The run goes on to its next state, if it still was in one that leads there.
update collections_run
set state = %(target)s,
    planned_at = case when %(target)s = 'planned' then %(at)s else planned_at end,
    released_at = case when %(target)s = 'released' then %(at)s else released_at end,
    released_by_name = case when %(target)s = 'releasing' then %(by)s else released_by_name end,
    certificate = coalesce(%(certificate)s::jsonb, certificate)
where entity_id = %(entity)s and id = %(run)s and state = any(%(sources)s) and not exists (
    select 1 from collections_run_chunk as c
    where c.entity_id = %(entity)s and c.run_id = %(run)s and c.state = %(unfinished)s)
returning id;

-- Runs with what their chunks and letters come to, newest first.
select r.id, r.through_on, r.state, r.account_ids is not null as limited, r.made_by, r.made_by_name, r.made_at, r.planned_at,
    r.released_by_name, r.released_at, c.chunks, c.chunks_planned, c.chunks_released,
    (select count(*) from collections_letter as l
        where l.entity_id = r.entity_id and l.run_id = r.id and l.state in ('proposed', 'released', 'sent')) as letters,
    (select count(*) from collections_letter as l
        where l.entity_id = r.entity_id and l.run_id = r.id and l.state in ('taken_out', 'stale')) as letters_out,
    (select count(distinct account_id) from collections_left_out as o
        where o.entity_id = r.entity_id and o.run_id = r.id) as left_out, r.certificate
from collections_run as r
cross join lateral (
    select count(*) as chunks, count(*) filter (where state <> 'waiting') as chunks_planned,
        count(*) filter (where state = 'released') as chunks_released
    from collections_run_chunk as c
    where c.entity_id = r.entity_id and c.run_id = r.id
) as c
where r.entity_id = %(entity)s and (%(id)s::bigint is null or r.id = %(id)s)
    and (%(states)s::text[] is null or r.state = any(%(states)s::text[]))
order by r.id desc
limit %(limit)s;

-- How many pieces of each kind wait for each owner, each lane stopped at 1,000.
select o.owner_id, k.kind, (select count(*) from (
        select 1 from office_work as w
        where w.entity_id = %(entity)s and coalesce(w.owner_id, 0) = o.owner_id and w.kind = k.kind
            and w.state in ('open', 'claimed')
        limit 1000) as x)::int as works
from unnest(%(kinds)s::text[]) as k (kind)
cross join unnest(%(owners)s::bigint[]) as o (owner_id);

-- How much work of each kind has no owner and no rule has looked at, counted up to one.
select k.kind, 1 as works
from unnest(%(kinds)s::text[]) as k (kind)
where exists (
    select 1 from office_work as w
    where w.entity_id = %(entity)s and w.kind = k.kind and coalesce(w.owner_id, 0) = 0 and w.state in ('open', 'claimed'));

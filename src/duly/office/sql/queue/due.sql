-- When the waiting work of each owner is due, by kind and day, up to a day; each lane stopped at 1,000.
select o.owner_id, k.kind, c.deadline_on, count(*)::int as works
from unnest(%(kinds)s::text[]) as k (kind)
cross join unnest(%(owners)s::bigint[]) as o (owner_id)
cross join lateral (
    select date '1900-01-01' + left(w.place, 6)::int as deadline_on
    from office_work as w
    where w.entity_id = %(entity)s and coalesce(w.owner_id, 0) = o.owner_id and w.kind = k.kind
        and w.state in ('open', 'claimed')
        and w.place < office_place(%(through)s::date + 1, 9000000000000000, 'EUR', date '1900-01-01')
    order by w.place
    limit 1000) as c
group by o.owner_id, k.kind, c.deadline_on;

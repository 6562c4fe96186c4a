-- How much work of each kind waits for each owner, each count stopped at 1,000; late, due today and due within the bound.
select k.kind, o.owner_id, count(c.deadline_on)::int as works,
    (count(*) filter (where c.deadline_on < %(today)s))::int as late,
    (count(*) filter (where c.deadline_on <= %(soon)s))::int as soon,
    (count(*) filter (where c.deadline_on = %(today)s))::int as today
from unnest(%(kinds)s::text[]) as k (kind)
cross join unnest(%(owners)s::bigint[]) as o (owner_id)
cross join lateral (
    select date '1900-01-01' + left(w.place, 6)::int as deadline_on
    from office_work as w
    where w.entity_id = %(entity)s and coalesce(w.owner_id, 0) = o.owner_id and w.kind = k.kind
        and w.state in ('open', 'claimed')
    order by w.place
    limit 1000) as c
group by k.kind, o.owner_id;

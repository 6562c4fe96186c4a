-- Events whose id is known, in the books or earlier in the file, are repeated when they say the same, else rejected.
update staged_usage as u
set repeated = k.same, problem = case when k.same then u.problem else coalesce(u.problem, 'same_id_other_content') end
from (
    select o.place, (o.meter, o.account_id, o.at, o.quantity, o.unique_key)
        is not distinct from (f.meter, f.account_id, f.at, f.quantity, f.unique_key) as same
    from (select *, min(place) over (partition by external_id) as first_place from staged_usage) as o
    left join commercial_usage_event as e on e.entity_id = %(entity)s and e.external_id = o.external_id
    left join staged_usage as s on s.place = o.first_place and s.place < o.place
    cross join lateral (
        select e.meter, e.account_id, e.at, e.quantity, e.unique_key where e.id is not null
        union all
        select s.meter, s.account_id, s.at, s.quantity, s.unique_key where e.id is null and s.place is not null) as f
) as k
where k.place = u.place;

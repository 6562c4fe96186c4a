-- What people did of each kind since a day: pieces in all and late, acts reviewed and found right.
with done as (
    select done_by as user_id, kind, count(*) as done, count(*) filter (where done_on > deadline_on) as late
    from office_work
    where entity_id = %(entity)s and state = 'done' and done_on >= %(since)s and done_by is not null
    group by done_by, kind
),
looked_at as (
    select user_id, kind, count(*) as reviewed, count(*) filter (where finding = 'right') as found_right
    from office_sample
    where entity_id = %(entity)s and state = 'reviewed' and acted_on >= %(since)s
    group by user_id, kind
)
select coalesce(d.user_id, l.user_id) as user_id, coalesce(d.kind, l.kind) as kind,
    coalesce(d.done, 0)::int as done, coalesce(d.late, 0)::int as late,
    coalesce(l.reviewed, 0)::int as reviewed, coalesce(l.found_right, 0)::int as "right"
from done as d
full join looked_at as l on l.user_id = d.user_id and l.kind = d.kind
order by 1, 2;

-- How much some people finished on each day.
select done_on as day, count(*)::int as works
from office_work
where entity_id = %(entity)s and state = 'done' and done_by = any(%(owners)s::bigint[])
    and done_on between %(from_on)s and %(to_on)s
group by done_on;

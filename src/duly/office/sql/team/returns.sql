-- How much pended work returns on which day.
select return_on as day, count(*)::int as works
from office_work
where entity_id = %(entity)s and state = 'pended' and owner_id = any(%(owners)s::bigint[]) and return_on <= %(through)s
group by return_on
order by return_on;

-- How much is pended by some owners and when the first of it returns.
select count(*)::int as works, min(return_on) as first_on
from office_work
where entity_id = %(entity)s and state = 'pended' and owner_id = any(%(owners)s::bigint[]);

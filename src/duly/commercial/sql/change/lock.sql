-- These agreements are ours until commit; answers with the first that is not in force.
select coalesce(min(id) filter (where state <> 'active'), 0) as not_active, count(*) as found
from (
    select id, state from commercial_agreement
    where entity_id = %(entity)s and id = any(%(ids)s)
    order by id
    for update) as taken;

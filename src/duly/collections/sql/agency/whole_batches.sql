-- Batches of which nothing is with the agency any more.
select array_agg(distinct h.batch_id)
from collections_handover as h
where h.entity_id = %(entity)s and h.id = any(%(ids)s) and not exists (
    select 1 from collections_handover as o
    where o.entity_id = h.entity_id and o.batch_id = h.batch_id and o.state = 'handed_over');

-- The lines of one act that are still applied.
select distinct line_id as id
from matching_proposal
where entity_id = %(entity)s and batch_id = %(batch)s and state = 'accepted'
order by line_id;

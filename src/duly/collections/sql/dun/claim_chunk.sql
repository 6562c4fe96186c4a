-- The next chunk of the run that waits is ours until commit.
select r.id as run_id, c.chunk, c.first_party_id, c.last_party_id, r.through_on, r.account_ids
from collections_run_chunk as c
join collections_run as r on r.entity_id = c.entity_id and r.id = c.run_id
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.state = %(state)s and r.state = %(run_state)s
order by c.chunk
limit 1
for update of c skip locked;

-- One waiting chunk is ours until commit; what others hold is passed over.
select c.run_id, c.chunk, c.first_account_id, c.last_account_id, r.through_on, r.issued_on, r.planned_on,
    r.account_ids
from invoicing_run_chunk as c
join invoicing_run as r on r.entity_id = c.entity_id and r.id = c.run_id
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.state = %(state)s
    and r.state = any(%(run_states)s::text[])
order by c.chunk
limit 1
for update of c skip locked;

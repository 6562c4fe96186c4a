-- How many chunks are still to be issued; the run is ours until commit. Nothing when it is finished.
select (
    select count(*) from invoicing_run_chunk as c
    where c.entity_id = r.entity_id and c.run_id = r.id and c.state <> 'issued') as chunks_left, r.account_ids, r.certificate
from invoicing_run as r
where r.entity_id = %(entity)s and r.id = %(id)s and r.state = 'issuing'
for update;

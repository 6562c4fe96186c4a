-- The planned chunks these accounts are in are ours until commit, in run, chunk order; nobody approves their runs
-- meanwhile.
select c.run_id, c.chunk, c.first_account_id, c.last_account_id, r.through_on, r.issued_on, r.planned_on,
    (select array_agg(a order by a) from unnest(%(account_ids)s::bigint[]) as a
        where a between c.first_account_id and c.last_account_id
            and (r.account_ids is null or a = any(r.account_ids))) as account_ids
from invoicing_run as r
join invoicing_run_chunk as c on c.entity_id = r.entity_id and c.run_id = r.id
where r.entity_id = %(entity)s and r.state in ('planning', 'planned') and c.state = 'planned'
    and exists (
        select 1 from unnest(%(account_ids)s::bigint[]) as a
        where a between c.first_account_id and c.last_account_id
            and (r.account_ids is null or a = any(r.account_ids)))
order by c.run_id, c.chunk
for update of c for share of r;

-- The accounts of the run are cut into chunks by id, each small enough for a short transaction.
insert into invoicing_run_chunk (entity_id, run_id, chunk, first_account_id, last_account_id)
select %(entity)s, %(run)s, place / %(size)s, min(id), max(id)
from (
    select id, row_number() over (order by id) - 1 as place
    from receivables_account
    where entity_id = %(entity)s and (%(account_ids)s::bigint[] is null or id = any(%(account_ids)s))
) as numbered
group by place / %(size)s;

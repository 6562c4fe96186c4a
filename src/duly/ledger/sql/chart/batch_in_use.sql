-- One account of the batch that has postings.
select a.code
from ledger_account as a
where a.entity_id = %(entity)s and a.import_batch_id = %(batch)s
    and exists (select 1 from ledger_daily as d where d.entity_id = a.entity_id and d.gl_account_id = a.id)
order by a.code limit 1;

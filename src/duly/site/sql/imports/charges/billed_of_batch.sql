-- How many charges of a batch have been billed.
select nullif(b.rows_created - (
    select count(*) from invoicing_charge as c where c.entity_id = b.entity_id and c.import_batch_id = b.id), 0)
from access_import_batch as b
where b.entity_id = %(entity)s and b.id = %(batch)s;

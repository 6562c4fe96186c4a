-- What was brought in, newest first.
select b.id, b.kind, b.file_name, b.rows_read, b.rows_created, b.rows_updated, b.rows_skipped, b.rows_rejected,
    b.rejected_file, b.state, b.by_name, b.at
from access_import_batch as b
where b.entity_id = %(entity)s and (%(before)s::bigint is null or b.id < %(before)s)
order by b.id desc
limit %(limit)s;

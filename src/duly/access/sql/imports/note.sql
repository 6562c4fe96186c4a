-- The import is on record.
insert into access_import_batch (entity_id, id, kind, file_name, sha256, mapping, rows_read, rows_created, rows_updated,
    rows_skipped, rows_rejected, rejected_file, state, by_id, by_name, at)
values (%(entity)s, %(id)s, %(kind)s, %(file_name)s, %(sha256)s, %(mapping)s::jsonb, %(rows_read)s, %(rows_created)s,
    %(rows_updated)s, %(rows_skipped)s, %(rows_rejected)s, %(rejected_file)s, 'committed', %(by_id)s, %(by_name)s,
    %(at)s);

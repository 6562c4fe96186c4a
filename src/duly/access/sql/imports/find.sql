-- The committed batch of this very file.
select id, kind, file_name, sha256, mapping::text, rows_read, rows_created, rows_updated, rows_skipped, rows_rejected,
    rejected_file
from access_import_batch
where entity_id = %(entity)s and kind = %(kind)s and sha256 = %(sha256)s and state = 'committed';

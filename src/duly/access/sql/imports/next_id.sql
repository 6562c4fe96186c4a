-- The next batch id.
select nextval('access_import_batch_id_seq');

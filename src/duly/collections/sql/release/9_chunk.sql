-- The chunk is done.
update collections_run_chunk set state = 'released'
where entity_id = %(entity)s and run_id = %(run)s and chunk = %(chunk)s;

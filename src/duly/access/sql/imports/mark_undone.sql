-- The batch was taken back.
update access_import_batch set state = 'undone' where entity_id = %(entity)s and id = %(id)s and state = 'committed';

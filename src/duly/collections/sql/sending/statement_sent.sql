-- The statement has left.
update collections_statement set state = 'sent' where entity_id = %(entity)s and id = %(id)s and state = 'queued';

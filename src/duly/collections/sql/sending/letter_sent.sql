-- The letter has left.
update collections_letter set state = 'sent' where entity_id = %(entity)s and id = %(id)s and state = 'released';

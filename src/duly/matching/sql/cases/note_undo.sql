-- What takes the act back, step by step in the order they were done.
update matching_case set undo = %(undo)s::jsonb where entity_id = %(entity)s and id = %(id)s;

-- An absence is cancelled.
update office_absence set cancelled = true where entity_id = %(entity)s and id = %(id)s and not cancelled;

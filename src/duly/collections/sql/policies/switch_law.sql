-- The rule binds, or does not.
update collections_law set active = %(on)s where entity_id = %(entity)s and id = %(id)s;

-- The entry no longer stops anything.
update collections_stop set lifted_at = %(at)s, lifted_by = %(by)s
where entity_id = %(entity)s and id = %(id)s and lifted_at is null
returning party_id;

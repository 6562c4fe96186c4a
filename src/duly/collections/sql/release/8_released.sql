-- The chunk's letters are on their way.
update collections_letter
set state = 'released', decided_by = coalesce(decided_by, %(by)s)
where entity_id = %(entity)s and run_id = %(run)s and chunk = %(chunk)s and state = 'proposed';

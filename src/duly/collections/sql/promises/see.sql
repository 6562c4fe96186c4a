-- Somebody looked at the broken promise.
update collections_promise set seen_by = %(by)s
where entity_id = %(entity)s and id = %(id)s and state = 'broken' and seen_by is null;

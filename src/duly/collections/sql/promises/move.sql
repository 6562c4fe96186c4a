-- The promise is in its new state.
update collections_promise
set state = %(target)s, note = trim(note || ' ' || %(why)s)
where entity_id = %(entity)s and id = %(id)s and state = any(%(sources)s);

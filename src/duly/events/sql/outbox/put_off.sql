-- The row is tried again later.
update events_outbox
set not_before = %(not_before)s, reply = %(reply)s
where entity_id = %(entity)s and id = %(id)s and state = 'queued';

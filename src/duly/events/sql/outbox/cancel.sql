-- What waits and nobody has started to send does not leave.
update events_outbox
set state = 'cancelled'
where entity_id = %(entity)s and subject_kind = %(kind)s and subject_id = any(%(ids)s) and state = 'queued'
    and attempts = 0;

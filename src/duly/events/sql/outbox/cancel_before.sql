-- What was due before the moment and nobody has started to send does not leave, for this reason.
update events_outbox
set state = 'cancelled', reply = %(reason)s
where entity_id = %(entity)s and subject_kind = %(kind)s and state = 'queued' and not_before < %(before)s
    and attempts = 0;

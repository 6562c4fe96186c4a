-- The row ended in this state.
update events_outbox
set state = %(state)s, reply = %(reply)s, message_id = %(message_id)s,
    sent_at = case when %(state)s = 'sent' then %(at)s::timestamptz end
where entity_id = %(entity)s and id = %(id)s and state = 'queued';

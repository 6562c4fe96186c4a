-- Every time a document was or is to be sent.
select id, kind, topic, payload, state, not_before, attempts, reply, message_id, sent_at, created_at
from events_outbox
where entity_id = %(entity)s and subject_kind = 'invoice' and subject_id = %(id)s
order by id;

-- The notice waits to be sent, once for each step.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, payload, dedup_key, not_before)
values (%(entity)s, 'mail', %(topic)s, %(kind)s, %(id)s, %(payload)s, %(key)s, %(at)s);

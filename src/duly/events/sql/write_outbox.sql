-- What must leave the building waits in the outbox; the same thing twice waits once.
insert into events_outbox (entity_id, kind, topic, subject_kind, subject_id, account_id, payload, dedup_key, not_before,
    created_at)
select entity_id, kind, topic, subject_kind, subject_id, account_id, payload, dedup_key, not_before, clock_timestamp()
from staged_outbox
on conflict (entity_id, dedup_key) do nothing;

-- The batch's file waits in the outbox.
insert into staged_outbox (entity_id, kind, topic, subject_kind, subject_id, payload, dedup_key, not_before)
values (%(entity)s, 'file', 'collections.handover', 'handover', %(batch)s, jsonb_build_object('name', %(name)s::text),
    'handover:' || %(batch)s || ':1', %(not_before)s);

-- The events are gone, as if never sent.
delete from commercial_usage_event
where entity_id = %(entity)s and (import_batch_id = %(batch)s::bigint or external_id = any(%(external_ids)s::text[]));

-- The events taken are there, each once; the unique key decides between two who send it at once.
insert into commercial_usage_event (
    entity_id, external_id, meter, account_id, agreement_id, at, on_day, quantity, unique_key, import_batch_id,
    recorded_at)
select %(entity)s, external_id, meter, account_id, agreement_id, at, on_day, quantity, unique_key, %(batch)s, %(now)s
from staged_usage
where problem is null and not repeated
order by account_id, meter, on_day, place
on conflict (entity_id, external_id) do nothing;

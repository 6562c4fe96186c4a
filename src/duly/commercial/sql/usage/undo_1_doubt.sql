-- What was billed from the batch's first day on is in doubt.
update commercial_agreement as a
set recheck_from = least(a.recheck_from, e.on_day), version = a.version + 1
from (
    select agreement_id, min(on_day) as on_day from commercial_usage_event
    where entity_id = %(entity)s
        and (import_batch_id = %(batch)s::bigint or external_id = any(%(external_ids)s::text[]))
    group by agreement_id) as e
where a.entity_id = %(entity)s and a.id = e.agreement_id;

-- Due rows are ours until the lease is over; counting the attempt now makes a worker that dies count, too.
with due as (
    select entity_id, id
    from events_outbox
    where state = 'queued' and not_before <= %(at)s and entity_id = %(entity)s and kind = any(%(kinds)s::text[])
        and topic like %(topic)s
    order by not_before, id
    limit %(limit)s
    for update skip locked
)
update events_outbox as o
set not_before = %(until)s, attempts = o.attempts + 1
from due as d
where o.entity_id = d.entity_id and o.id = d.id
returning o.entity_id, o.id, o.kind, o.topic, o.subject_kind, o.subject_id, o.account_id, o.payload, o.dedup_key,
    o.attempts;

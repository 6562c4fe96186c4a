-- Work stands again as it stood before a step, unless somebody changed it since.
with before as (
    select b.*
    from jsonb_to_recordset(%(before)s::jsonb) as b (id bigint, version int, state text, owner_id bigint,
        claimed_at timestamptz, return_on date, pend_reason text, returned_on date, note text, escalated_on date,
        escalated_why text)
),
picked as (
    select w.id
    from office_work as w
    join before as b on b.id = w.id and b.version = w.version
    where w.entity_id = %(entity)s
    order by w.id
    for update of w
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, 'undone', '', %(at)s, %(by_id)s, %(by_name)s, w.owner_id, w.state, w.reason,
        w.money_minor, w.deadline_on, w.return_on
    from office_work as w
    join picked on picked.id = w.id
    where w.entity_id = %(entity)s
)
update office_work as w
set state = b.state, owner_id = b.owner_id, claimed_at = b.claimed_at, return_on = b.return_on,
    pend_reason = b.pend_reason, returned_on = b.returned_on, note = b.note, escalated_on = b.escalated_on,
    escalated_why = b.escalated_why, done_at = null, done_on = null, done_by = null, done_by_name = null, outcome = '',
    version = w.version + 1
from picked
join before as b on b.id = picked.id
where w.entity_id = %(entity)s and w.id = picked.id;

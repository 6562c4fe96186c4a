-- What an undo of a step on these pieces of work has to put back; versions are those after the step.
select jsonb_agg(jsonb_build_object('id', w.id, 'version', w.version + 1, 'state', w.state, 'owner_id', w.owner_id,
    'claimed_at', w.claimed_at, 'return_on', w.return_on, 'pend_reason', w.pend_reason, 'returned_on', w.returned_on,
    'note', w.note, 'escalated_on', w.escalated_on, 'escalated_why', w.escalated_why) order by w.id)
from office_work as w
where w.entity_id = %(entity)s and w.id = any(%(ids)s::bigint[]);

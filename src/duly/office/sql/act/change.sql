-- Picked work that still is as it was seen stands in its new state; the step keeps what stood there before.
with picked as (
    select w.id
    from office_work as w
    join jsonb_to_recordset(%(picks)s::jsonb) as p (id bigint, version int) on p.id = w.id and p.version = w.version
    where w.entity_id = %(entity)s and w.state = any(%(sources)s::text[])
    order by w.id
    for update of w
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, %(verb)s, %(note)s, %(at)s, %(by_id)s, %(by_name)s, w.owner_id, w.state,
        w.reason, w.money_minor, w.deadline_on, w.return_on
    from office_work as w
    join picked on picked.id = w.id
    where w.entity_id = %(entity)s
)
update office_work as w
set state = %(state)s,
    owner_id = case when %(keeps_owner)s then w.owner_id else %(owner)s::bigint end,
    claimed_at = case when %(state)s = 'claimed' then %(at)s when %(state)s = 'open' then null else w.claimed_at end,
    return_on = %(return_on)s::date,
    pend_reason = case when %(state)s = 'pended' then %(note)s else '' end,
    returned_on = case when %(verb)s = 'claimed' then w.returned_on end,
    note = case when %(verb)s = 'handed over' then %(note)s else w.note end,
    escalated_on = case
        when %(verb)s = 'handed over' then null
        when %(return_on)s::date > w.deadline_on then coalesce(w.escalated_on, %(today)s::date)
        else w.escalated_on end,
    escalated_why = case
        when %(verb)s = 'handed over' then ''
        when %(return_on)s::date > w.deadline_on and w.escalated_on is null then 'It is pended beyond its deadline'
        else w.escalated_why end,
    done_at = case when %(state)s in ('done', 'dropped') then %(at)s::timestamptz end,
    done_on = case when %(state)s in ('done', 'dropped') then %(today)s::date end,
    done_by = case when %(state)s in ('done', 'dropped') then nullif(%(by_id)s::bigint, w.maker_id) end,
    done_by_name = case when %(state)s in ('done', 'dropped') then %(by_name)s end,
    outcome = case when %(state)s in ('done', 'dropped') then %(note)s else '' end,
    version = w.version + 1
from picked
where w.entity_id = %(entity)s and w.id = picked.id;

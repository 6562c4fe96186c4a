-- Pended work whose day has come returns to who pended it, or to who covers that person.
with back as (
    select w.id, w.owner_id, coalesce(c.cover_id, w.owner_id) as to_id
    from office_work as w
    left join jsonb_to_recordset(%(covers)s::jsonb) as c (user_id bigint, cover_id bigint) on c.user_id = w.owner_id
    where w.entity_id = %(entity)s and w.state = 'pended' and w.return_on <= %(today)s
    order by w.id
    for update of w skip locked
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, 'returned', w.pend_reason, %(at)s, null, 'Duly', w.owner_id, w.state,
        w.reason, w.money_minor, w.deadline_on, w.return_on
    from office_work as w
    join back on back.id = w.id
    where w.entity_id = %(entity)s
)
update office_work as w
set state = 'claimed', returned_on = w.return_on, return_on = null, version = w.version + 1,
    owner_id = case when back.to_id = w.maker_id then back.owner_id else back.to_id end
from back
where w.entity_id = %(entity)s and w.id = back.id;

-- Work whose thing is held no longer is done; what another transaction is working on right now waits for the next sync.
with gone as (
    select w.id
    from office_work as w
    where w.entity_id = %(entity)s and w.kind = any(%(kinds)s::text[]) and w.state in ('open', 'claimed', 'pended')
        and (%(accounts)s::bigint[] is null or w.account_id = any(%(accounts)s::bigint[]))
        and (%(ids)s::bigint[] is null or w.subject_id = any(%(ids)s::bigint[]))
        and (pg_visible_in_snapshot(w.xid, %(snapshot)s::pg_snapshot) or w.xid = pg_current_xact_id_if_assigned())
        and not exists (
            select 1 from staged_held as h
            where h.kind = w.kind and h.subject_kind = w.subject_kind and h.subject_id = w.subject_id)
    order by w.id
    for update of w skip locked
),
noted as (
    insert into office_step (entity_id, work_id, version, verb, note, at, by_id, by_name, owner_id, state, reason,
        money_minor, deadline_on, return_on)
    select w.entity_id, w.id, w.version, 'done', %(outcome)s, %(at)s, %(by_id)s, %(by_name)s, w.owner_id, w.state,
        w.reason, w.money_minor, w.deadline_on, w.return_on
    from office_work as w
    join gone on gone.id = w.id
    where w.entity_id = %(entity)s and w.state <> 'open'
)
update office_work as w
set state = 'done', done_at = %(at)s, done_on = %(today)s, return_on = null,
    done_by = nullif(%(by_id)s::bigint, w.maker_id), done_by_name = %(by_name)s, outcome = %(outcome)s,
    version = w.version + 1
from gone
where w.entity_id = %(entity)s and w.id = gone.id;

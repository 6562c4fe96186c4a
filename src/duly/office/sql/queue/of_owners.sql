-- The waiting work of some owners (0: nobody yet), by deadline, then money, then age; each lane read by its index.
with page as (
    select found.*
    from unnest(%(kinds)s::text[]) as k (kind)
    cross join unnest(%(owners)s::bigint[]) as o (owner_id)
    cross join lateral (
        select each.*
        from office_work as each
        where each.entity_id = %(entity)s and coalesce(each.owner_id, 0) = o.owner_id and each.kind = k.kind
            and each.state in ('open', 'claimed')
            and (each.maker_id is null or each.maker_id is distinct from %(user)s::bigint)
            and (%(rights)s::text[] is null or each.needs_right = '' or each.needs_right = any(%(rights)s::text[]))
            and (%(from_place)s::text is null or each.place >= %(from_place)s::text collate "C")
            and (%(before_place)s::text is null or each.place < %(before_place)s::text collate "C")
            and (%(after_id)s::bigint is null
                or (each.place, each.id) > (%(after)s::text collate "C", %(after_id)s::bigint))
        order by each.place, each.id
        limit %(limit)s) as found
    order by found.place, found.id
    limit %(limit)s
)
select w.id, w.kind, w.subject_kind, w.subject_id, w.subject, w.who, w.account_id, w.account_number, w.reason, w.next_act,
    w.money_minor, w.currency, w.since_on, w.deadline_on, w.owner_id, u.name as owner, w.maker_id, w.state, w.return_on,
    w.pend_reason, w.returned_on, w.escalated_on, w.escalated_why, w.note, w.done_on, w.done_by_name, w.outcome,
    w.version, w.place
from page as w
left join access_user as u on u.id = w.owner_id
order by w.place, w.id;

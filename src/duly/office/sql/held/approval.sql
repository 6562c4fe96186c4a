-- What people asked for and may not do alone waits for somebody entitled; never for who asked, unless a waiver says so.
insert into staged_held (kind, subject_kind, subject_id, subject, who, account_id, reason, money_minor, currency,
    since_on, deadline_hint, maker_id, needs_right)
select 'approval', 'proposal', p.id, p.summary, p.made_by_name, p.account_id,
    coalesce(nullif(p.reason, ''), p.summary), p.amount_minor, p.currency, (p.made_at at time zone e.zone)::date,
    p.deadline_on,
    case when not exists (
        select 1 from access_waiver as w
        where w.entity_id = p.entity_id and w.user_id = p.made_by and w.from_on <= %(today)s::date
            and coalesce(w.ended_on, w.until_on) > %(today)s::date) then p.made_by end,
    p.right_name
from access_proposal as p
join access_entity as e on e.id = p.entity_id
where p.entity_id = %(entity)s and p.state = 'waiting'
    and (%(accounts)s::bigint[] is null or p.account_id = any(%(accounts)s::bigint[]))
    and (%(ids)s::bigint[] is null or p.id = any(%(ids)s::bigint[]));

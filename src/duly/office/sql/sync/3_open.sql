-- Every held thing is work once, due by its own deadline or by the policy of its kind; whoever owns the thing owns it,
-- where that person may do such work today.
with fresh as (
    select h.*, a.number as account_number, a.language
    from staged_held as h
    left join receivables_account as a on a.entity_id = %(entity)s and a.id = h.account_id
    where not exists (
        select 1 from office_work as w
        where w.entity_id = %(entity)s and w.kind = h.kind and w.subject_kind = h.subject_kind
            and w.subject_id = h.subject_id and w.state in ('open', 'claimed', 'pended'))
),
due as (
    select d.kind, d.since_on, office_business_day(%(entity)s, d.since_on, coalesce(p.within_days, 2)) as deadline_on
    from (select distinct kind, since_on from fresh where deadline_hint is null) as d
    left join jsonb_to_recordset(%(policies)s::jsonb) as p (kind text, within_days int) on p.kind = d.kind
)
insert into office_work (entity_id, kind, subject_kind, subject_id, subject, who, account_id, account_number, language,
    reason, next_act, money_minor, currency, since_on, deadline_on, deadline_given,
    owner_id, maker_id, needs_right)
select %(entity)s, f.kind, f.subject_kind, f.subject_id, f.subject, f.who, f.account_id, f.account_number, f.language,
    f.reason, f.next_act, f.money_minor, f.currency, f.since_on, coalesce(f.deadline_hint, due.deadline_on),
    f.deadline_hint is not null, nullif(o.to_id, f.maker_id), f.maker_id, f.needs_right
from fresh as f
left join jsonb_to_recordset(%(owners)s::jsonb) as o (kind text, user_id bigint, to_id bigint)
    on o.kind = f.kind and o.user_id = f.owner_hint
left join due on due.kind = f.kind and due.since_on = f.since_on
order by f.kind, f.subject_kind, f.subject_id
on conflict (entity_id, kind, subject_kind, subject_id) where state in ('open', 'claimed', 'pended') do nothing;

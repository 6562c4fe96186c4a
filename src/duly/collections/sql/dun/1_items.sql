-- Every overdue item of the chunk's payers, with the part that is disputed, the step it is due for, and what makes it
-- rest. The next step is due when the item is late enough and the step before it is as old as the policy wants.
insert into dunning_item (item_id, account_id, party_id, person_kind, policy_id, currency, kind, due_on, open_minor,
    disputed_minor, step, rest, detail, until_on)
select i.id, i.account_id, a.party_id, p.kind, y.id, i.currency, i.kind, i.due_on, i.open_minor,
    least(i.open_minor, coalesce(d.minor, 0)),
    case when i.kind <> 'late_charge' then n.step end,
    case when l.plan_id is not null then 'plan' when h.handover_id is not null then 'agency'
        when d.minor >= i.open_minor then 'disputed' end,
    case when l.plan_id is not null then 'plan ' || l.plan_id when h.handover_id is not null then h.name
        else coalesce(d.reason, '') end,
    case when l.plan_id is null and h.handover_id is null then d.due_on end
from receivables_account as a
join parties_party as p on p.entity_id = a.entity_id and p.id = a.party_id
join receivables_item as i on i.entity_id = a.entity_id and i.account_id = a.id and i.open_minor > 0
    and i.due_on < %(through_on)s
left join collections_profile as f on f.entity_id = a.entity_id and f.account_id = a.id
left join collections_policy as y on y.entity_id = a.entity_id
    and y.segment = coalesce(f.segment, case p.kind when 'person' then 'consumer' else 'business' end)
    and y.valid_from <= %(through_on)s and (y.valid_to is null or y.valid_to > %(through_on)s)
left join (
    select item_id, sum(amount_minor) as minor, min(reason) as reason, min(due_on) as due_on
    from collections_dispute where entity_id = %(entity)s and state = 'open'
    group by item_id
) as d on d.item_id = i.id
left join (
    select t.item_id, t.plan_id from collections_plan_item as t where t.entity_id = %(entity)s and t.active
) as l on l.item_id = i.id
left join (
    select t.item_id, t.handover_id, g.name
    from collections_handover_item as t
    join collections_handover as o on o.entity_id = t.entity_id and o.id = t.handover_id
    join collections_agency as g on g.entity_id = o.entity_id and g.id = o.agency_id
    where t.entity_id = %(entity)s and t.active
) as h on h.item_id = i.id
left join lateral (
    select s.step, s.done_on from collections_step_done as s
    where s.entity_id = %(entity)s and s.item_id = i.id
    order by s.step desc
    limit 1
) as b on true
left join collections_policy_step as w on w.entity_id = a.entity_id and w.policy_id = y.id and w.step = b.step
left join collections_policy_step as n on n.entity_id = a.entity_id and n.policy_id = y.id
    and n.step = coalesce(b.step, 0) + 1
    and %(through_on)s::date - i.due_on >= n.days_late + n.grace_days
    and (b.step is null or %(through_on)s::date - b.done_on >= n.days_late - coalesce(w.days_late, 0))
where a.entity_id = %(entity)s and a.party_id between %(first)s and %(last)s
    and (%(accounts)s::bigint[] is null or a.id = any(%(accounts)s::bigint[]));

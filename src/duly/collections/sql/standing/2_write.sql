-- Every overdue account stands in the first stage that is true of it; the score puts much money and long delay first.
insert into collections_standing (entity_id, account_id, stage, currency, overdue_minor, disputed_minor, oldest_due_on,
    usual_days, last_step, next_on, unplaced_minor, score)
select %(entity)s, o.account_id,
    case
        when o.with_agency = o.items then 'agency'
        when s.party_id is not null or h.account_id is not null then 'hold'
        when o.in_plan + o.with_agency = o.items then 'plan'
        when r.promised_on is not null then 'promise'
        when o.disputed > 0 then 'dispute'
        when o.calls then 'call'
        else 'reminder'
    end,
    o.currency, o.overdue, o.disputed, o.oldest_due_on, u.usual_days, o.last_step,
    case
        when o.with_agency = o.items then null
        when s.party_id is not null or h.account_id is not null then coalesce(h.deadline_on, s.until_on)
        when o.in_plan + o.with_agency = o.items then n.due_on
        when r.promised_on is not null then r.promised_on
        when o.disputed > 0 then o.dispute_due_on
    end,
    coalesce(m.minor, 0), o.overdue * (1 + least(%(today)s::date - o.oldest_due_on, 120)) / 30
from (
    select i.account_id, i.currency, sum(i.open_minor) as overdue, count(*) as items, min(i.due_on) as oldest_due_on,
        coalesce(sum(least(coalesce(d.minor, 0), i.open_minor)), 0) as disputed, min(d.due_on) as dispute_due_on,
        count(*) filter (where t.item_id is not null) as in_plan, count(*) filter (where g.item_id is not null) as with_agency,
        max(coalesce(b.step, 0)) as last_step, coalesce(bool_or(b.channel = 'call'), false) as calls
    from receivables_item as i
    left join (
        select item_id, sum(amount_minor) as minor, min(due_on) as due_on from collections_dispute
        where entity_id = %(entity)s and state = 'open' group by item_id
    ) as d on d.item_id = i.id
    left join collections_plan_item as t on t.entity_id = i.entity_id and t.item_id = i.id and t.active
    left join collections_handover_item as g on g.entity_id = i.entity_id and g.item_id = i.id and g.active
    left join lateral (
        select e.step, l.channel from collections_step_done as e
        join collections_letter as l on l.entity_id = e.entity_id and l.id = e.letter_id
        where e.entity_id = i.entity_id and e.item_id = i.id
        order by e.step desc
        limit 1
    ) as b on true
    where i.entity_id = %(entity)s and i.open_minor > 0 and i.due_on < %(today)s
        and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s::bigint[]))
    group by i.account_id, i.currency
) as o
join receivables_account as a on a.entity_id = %(entity)s and a.id = o.account_id
left join lateral (
    select c.party_id, c.until_on from collections_stop as c
    where c.entity_id = %(entity)s and c.party_id = a.party_id and c.lifted_at is null and c.channels = '{}'
        and (c.until_on is null or c.until_on >= %(today)s)
    limit 1
) as s on true
left join lateral (
    select c.account_id, c.deadline_on from receivables_hold as c
    where c.entity_id = %(entity)s and c.account_id = o.account_id and c.released_at is null
        and c.scope in ('dunning', 'all')
    order by c.id
    limit 1
) as h on true
left join lateral (
    select max(p.promised_on) as promised_on from collections_promise as p
    where p.entity_id = %(entity)s and p.account_id = o.account_id and p.state = 'open'
) as r on true
left join lateral (
    select min(k.due_on) as due_on from collections_plan as p
    join collections_instalment as k on k.entity_id = p.entity_id and k.plan_id = p.id and k.due_on >= %(today)s
    where p.entity_id = %(entity)s and p.account_id = o.account_id and p.state = 'open'
) as n on true
left join lateral (
    select percentile_disc(0.5) within group (order by i.closed_on - i.due_on) as usual_days
    from receivables_item as i
    where i.entity_id = %(entity)s and i.account_id = o.account_id and i.amount_minor > 0
        and i.closed_on > %(today)s::date - 730
) as u on true
left join lateral (
    select sum(w.minor) as minor
    from (
        select -i.open_minor as minor from receivables_item as i
        where i.entity_id = %(entity)s and i.account_id = o.account_id and i.open_minor < 0 and i.currency = o.currency
        union all
        select x.amount_minor from collections_unplaced as x
        join banking_line as l on l.entity_id = x.entity_id and l.id = x.line_id and l.state = 'open'
        where x.entity_id = %(entity)s and x.account_id = o.account_id and x.currency = o.currency and x.run_id = (
            select max(id) from collections_run where entity_id = %(entity)s)
    ) as w
) as m on true;

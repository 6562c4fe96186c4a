-- Cash expected week by week. Each account has ten equally likely delays (its own from three payments on, else everybody's);
-- an open item is paid by one of those still to come. What is later than ever before comes late, if at all.
with settled as (
    select i.account_id, i.closed_on - i.due_on as days
    from receivables_item as i
    where i.entity_id = %(entity)s and i.amount_minor > 0 and i.kind <> 'late_charge'
        and i.closed_on between %(today)s::date - 730 and %(today)s
),
everybody as (
    select coalesce(percentile_disc(array[.05, .15, .25, .35, .45, .55, .65, .75, .85, .95])
        within group (order by days), array[0, 2, 4, 6, 8, 10, 14, 20, 30, 45]) as delays
    from settled
),
own as (
    select account_id, percentile_disc(array[.05, .15, .25, .35, .45, .55, .65, .75, .85, .95])
        within group (order by days) as delays
    from settled
    group by account_id
    having count(*) >= 3
),
item as (
    select i.id, i.account_id, i.currency, i.due_on,
        i.open_minor - coalesce(d.minor, 0) as minor
    from receivables_item as i
    left join (
        select item_id, sum(amount_minor) as minor from collections_dispute
        where entity_id = %(entity)s and state = 'open' group by item_id
    ) as d on d.item_id = i.id
    where i.entity_id = %(entity)s and i.open_minor > 0 and (%(account)s::bigint is null or i.account_id = %(account)s)
        and not exists (
            select 1 from collections_plan_item as t
            where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
        and not exists (
            select 1 from collections_handover_item as t
            where t.entity_id = i.entity_id and t.item_id = i.id and t.active)
),
kept as (
    select account_id, (count(*) filter (where state = 'kept') + 1)::numeric
        / (count(*) filter (where state in ('kept', 'broken')) + 2) as share
    from collections_promise where entity_id = %(entity)s
    group by account_id
),
promise as (
    select p.id, p.account_id, p.currency, greatest(p.promised_on, %(today)s::date) as on_day, p.amount_minor - p.received_minor as minor,
        k.share
    from collections_promise as p
    join kept as k on k.account_id = p.account_id
    where p.entity_id = %(entity)s and p.state = 'open' and p.amount_minor > p.received_minor
        and (%(account)s::bigint is null or p.account_id = %(account)s)
),
promised as (
    select r.account_id, r.currency, least(1, sum(r.minor * r.share) / nullif(max(o.owed), 0)) as taken
    from promise as r
    join (select account_id, currency, sum(minor) as owed from item group by account_id, currency) as o
        on o.account_id = r.account_id and o.currency = r.currency
    group by r.account_id, r.currency
),
instalment as (
    select p.id * 1000 + n.place as id, p.currency, greatest(n.due_on, %(today)s::date) as on_day,
        greatest(0, least(n.amount_minor, n.by_then - p.paid_minor)) as minor, q.share
    from collections_plan as p
    join (
        select plan_id, place, due_on, amount_minor, sum(amount_minor) over (partition by plan_id order by due_on, place) as by_then
        from collections_instalment where entity_id = %(entity)s
    ) as n on n.plan_id = p.id
    cross join (
        select (count(*) filter (where state = 'kept') + 4)::numeric
            / (count(*) filter (where state in ('kept', 'defaulted')) + 5) as share
        from collections_plan where entity_id = %(entity)s
    ) as q
    where p.entity_id = %(entity)s and p.state = 'open' and (%(account)s::bigint is null or p.account_id = %(account)s)
),
-- Each item with the delays still to come; none left means later than ever.
paying as (
    select i.id, i.currency, i.account_id, i.minor * (1 - coalesce(m.taken, 0)) as minor, i.due_on,
        array(select x from unnest(coalesce(o.delays, e.delays)) as x where i.due_on + x >= %(today)s) as delays
    from item as i
    cross join everybody as e
    left join own as o on o.account_id = i.account_id
    left join promised as m on m.account_id = i.account_id and m.currency = i.currency
),
chance as (
    select p.id, p.currency, 'habits' as source, (p.due_on + x - %(today)s::date) / 7 as place, p.minor,
        1.0 / cardinality(p.delays) as share
    from paying as p
    cross join lateral unnest(p.delays) as x
    where cardinality(p.delays) > 0
    union all
    select p.id, p.currency, 'habits', x.days / 7, p.minor,
        0.25 * greatest(0.1, 1 - (%(today)s::date - p.due_on) / 365.0)
    from paying as p
    cross join (values (10), (25), (45), (75)) as x (days)
    where cardinality(p.delays) = 0
    union all
    select id, currency, 'promises', (on_day - %(today)s::date) / 7, minor, share from promise
    union all
    select id, currency, 'plans', (on_day - %(today)s::date) / 7, minor, share from instalment where minor > 0
),
each as (
    select id, currency, source, place, minor, sum(share) as share
    from chance
    where place < %(weeks)s
    group by id, currency, source, place, minor
),
week as (
    select currency, source, place, sum(minor * share) as mean,
        sum(minor::float8 * minor * share * (1 - share)) as variance, sum(minor) as most
    from each
    group by currency, source, place
)
select %(today)s::date + 7 * g.place as week_on, c.currency,
    coalesce(sum(w.mean) filter (where w.source = 'habits'), 0)::bigint as habits_minor,
    coalesce(sum(w.mean) filter (where w.source = 'promises'), 0)::bigint as promises_minor,
    coalesce(sum(w.mean) filter (where w.source = 'plans'), 0)::bigint as plans_minor,
    coalesce(sum(w.variance), 0)::float8 as variance, coalesce(sum(w.most), 0)::bigint as most_minor
from (select distinct currency from chance) as c
cross join generate_series(0, %(weeks)s - 1) as g (place)
left join week as w on w.currency = c.currency and w.place = g.place
group by g.place, c.currency
order by c.currency, g.place;

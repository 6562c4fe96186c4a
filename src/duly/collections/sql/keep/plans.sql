-- Each running plan says how much of its items was settled since; it is kept when that is all, and in default when an
-- instalment's day and grace are over and less was settled than was due by then.
with paid as (
    select p.id, p.amount_minor, p.grace_days, sum(t.amount_minor - least(t.amount_minor, i.open_minor)) as paid,
        sum(t.amount_minor - least(t.amount_minor, i.open_minor)) as now_paid
    from collections_plan as p
    join collections_plan_item as t on t.entity_id = p.entity_id and t.plan_id = p.id
    join receivables_item as i on i.entity_id = t.entity_id and i.id = t.item_id
    where p.entity_id = %(entity)s and p.state = 'open' and (%(account)s::bigint is null or p.account_id = %(account)s)
    group by p.id, p.amount_minor, p.grace_days
),
judged as (
    select d.id, d.paid, d.paid >= d.amount_minor as done, late.due_on
    from paid as d
    left join lateral (
        select s.due_on
        from (
            select n.due_on, sum(n.amount_minor) over (order by n.due_on, n.place) as by_then
            from collections_instalment as n
            where n.entity_id = %(entity)s and n.plan_id = d.id
        ) as s
        where s.due_on + d.grace_days < %(on)s and s.by_then > d.paid
        order by s.due_on
        limit 1
    ) as late on true
),
moved as (
    update collections_plan as p
    set paid_minor = j.paid,
        state = case when j.done then 'kept' when j.due_on is not null then 'defaulted' else 'open' end,
        ended_on = case when j.done or j.due_on is not null then %(on)s::date end,
        ended_why = case when j.done then 'paid in full'
            when j.due_on is not null then 'the instalment of ' || j.due_on || ' was not paid' else '' end
    from judged as j
    where p.entity_id = %(entity)s and p.id = j.id and (p.paid_minor <> j.paid or j.done or j.due_on is not null)
    returning p.state
)
select count(*) filter (where state = 'kept') as kept, count(*) filter (where state = 'defaulted') as defaulted from moved;

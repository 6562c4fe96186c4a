-- The dates of a plan; what was paid covers the earliest first.
select n.place, n.due_on, n.amount_minor, greatest(0, least(n.amount_minor, p.paid - n.before))::bigint as covered_minor,
    case when p.paid >= n.before + n.amount_minor then 'paid' when n.due_on < %(today)s then 'late'
        when n.due_on = %(today)s then 'due' else 'to_come' end as state
from (
    select place, due_on, amount_minor, sum(amount_minor) over (order by due_on, place) - amount_minor as before
    from collections_instalment where entity_id = %(entity)s and plan_id = %(plan)s
) as n
cross join (
    select coalesce(sum(t.amount_minor - least(t.amount_minor, i.open_minor)), 0) as paid
    from collections_plan_item as t
    join receivables_item as i on i.entity_id = t.entity_id and i.id = t.item_id
    where t.entity_id = %(entity)s and t.plan_id = %(plan)s
) as p
order by n.place;

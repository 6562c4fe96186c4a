-- What collections know of cases: a plan that the item is in, a dispute about it.
select c.id as case_id, 'instalment' as kind, c.amount_minor,
    'plan ' || p.plan_id || ', the next instalment of ' || matching_money(n.amount_minor, c.currency) || ' is due on '
        || n.due_on as text,
    null::int as line, n.due_on as "on", '{}'::jsonb as arguments
from matching_case as c
join collections_plan_item as p on p.entity_id = c.entity_id and p.item_id = c.item_id and p.active
cross join lateral (
    select i.due_on, i.amount_minor from collections_instalment as i
    where i.entity_id = p.entity_id and i.plan_id = p.plan_id
    order by i.due_on < c.happened_on, i.due_on
    limit 1
) as n
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
union all
select c.id, 'dispute', d.amount_minor, d.reason || ', since ' || d.opened_on, d.line::int, d.opened_on, '{}'
from matching_case as c
join collections_dispute as d on d.entity_id = c.entity_id and d.item_id = c.item_id and d.state = 'open'
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
order by 1;

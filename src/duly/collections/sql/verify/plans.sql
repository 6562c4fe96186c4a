-- Plans whose instalments or items do not add up to them.
select 'collections.plan' as check, 'plan ' || p.id as subject, 'instalments ' || coalesce(n.minor, 0) || ', items '
    || coalesce(t.minor, 0) || ', plan ' || p.amount_minor as detail
from collections_plan as p
left join (
    select plan_id, sum(amount_minor) as minor from collections_instalment where entity_id = %(entity)s group by plan_id
) as n on n.plan_id = p.id
left join (
    select plan_id, sum(amount_minor) as minor from collections_plan_item where entity_id = %(entity)s group by plan_id
) as t on t.plan_id = p.id
where p.entity_id = %(entity)s and (n.minor is distinct from p.amount_minor or t.minor is distinct from p.amount_minor)
limit 100;

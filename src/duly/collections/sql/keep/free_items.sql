-- Items of plans that are over are in no plan.
update collections_plan_item as t
set active = false
from collections_plan as p
where t.entity_id = %(entity)s and t.active and p.entity_id = t.entity_id and p.id = t.plan_id and p.state <> 'open'
returning t.item_id;

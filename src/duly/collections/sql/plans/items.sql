-- The items are in the plan with what is open of them.
insert into collections_plan_item (entity_id, plan_id, item_id, amount_minor)
select i.entity_id, %(plan)s, i.id, i.open_minor
from receivables_item as i
where i.entity_id = %(entity)s and i.id = any(%(items)s);

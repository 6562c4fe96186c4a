-- The plan's dates.
insert into collections_instalment (entity_id, plan_id, place, due_on, amount_minor)
select %(entity)s, %(plan)s, place, due_on, amount_minor
from unnest(%(days)s::date[], %(amounts)s::bigint[]) with ordinality as d (due_on, amount_minor, place);

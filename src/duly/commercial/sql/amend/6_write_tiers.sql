-- The new version has the steps it was given, or those of the version before.
insert into commercial_tier (entity_id, term_id, step, up_to, unit_price, flat_price)
select %(entity)s, s.term_id, e.step, e.up_to, e.unit_price, e.flat_price
from staged_amendment as s
join staged_amended_tier as e on e.place = s.place
where s.old_term_id is not null and not s.ends
union all
select %(entity)s, s.term_id, e.step, e.up_to, e.unit_price, e.flat_price
from staged_amendment as s
join commercial_tier as e on e.entity_id = %(entity)s and e.term_id = s.old_term_id
where not s.ends and not exists (select from staged_amended_tier as n where n.place = s.place);

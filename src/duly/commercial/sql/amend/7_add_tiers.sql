-- New lines have their steps.
insert into commercial_tier (entity_id, term_id, step, up_to, unit_price, flat_price)
select %(entity)s, s.term_id, e.step, e.up_to, e.unit_price, e.flat_price
from staged_amendment as s
join staged_tier as e on e.place = s.place
where s.old_term_id is null;

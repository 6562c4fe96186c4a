-- Tiered lines have their steps.
insert into commercial_tier (entity_id, term_id, step, up_to, unit_price, flat_price)
select %(entity)s, t.term_id, e.step, e.up_to, e.unit_price, e.flat_price
from staged_tier as e
join staged_term as t on t.place = e.place and t.line = e.line
join staged_agreement as s on s.place = t.place
where s.problem is null and not s.repeated;

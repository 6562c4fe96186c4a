-- What the gate answered to each, in the order asked.
select s.place, s.answer_id, v.allowed, v.reason, v.next_allowed_at, v.laws
from staged_ask as s
join staged_verdict as v on v.facts = s.facts
order by s.place;

-- The gate's answer stands beside each letter: a short wait postpones it, a longer one or a no leaves it out.
update dunning_letter as l
set reason = case when v.allowed or v.next_allowed_at <= %(latest)s then null else 'gate_' || v.reason end,
    next_allowed_at = v.next_allowed_at
from staged_ask as s
join staged_verdict as v on v.facts = s.facts
where s.place = l.letter_id;

-- These pauses last until the days given with them, null being open; returns them.
update commercial_pause as p
set resumed_on = (pair ->> 1)::date
from jsonb_array_elements(%(pauses)s::jsonb) as pair
where p.entity_id = %(entity)s and p.id = (pair ->> 0)::bigint
returning p.id, p.agreement_id, p.account_id, p.paused_on as from_on;

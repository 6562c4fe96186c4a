-- These lines, ours until commit, in id order.
select id, amount_minor, currency, booked_on, version, state
from banking_line
where entity_id = %(entity)s and id = any(%(ids)s)
order by id
for update;

-- The bank shows that the refunds left: each under the key of its line.
update payments_refund as r
set state = 'seen', seen_key = g.key, seen_on = g.day
from unnest(%(ids)s::bigint[], %(keys)s::text[], %(days)s::date[]) as g (id, key, day)
where r.entity_id = %(entity)s and r.id = g.id and r.state = 'released';

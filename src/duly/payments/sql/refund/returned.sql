-- The refunds came back.
update payments_refund as r
set state = 'returned', returned_on = %(today)s, returned_because = g.reason, returned_key = g.key
from unnest(%(ids)s::bigint[], %(keys)s::text[], %(reasons)s::text[]) as g (id, key, reason)
where r.entity_id = %(entity)s and r.id = g.id and r.state in ('released', 'seen', 'closed')
returning r.id, r.receipt_id, r.account_id, r.state;

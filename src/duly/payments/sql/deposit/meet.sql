-- Each receipt that waited for the bank has met the line of its key.
update payments_receipt as r
set deposit_key = g.key
from unnest(%(ids)s::bigint[], %(keys)s::text[]) as g (id, key)
where r.entity_id = %(entity)s and r.id = g.id and r.state = 'recorded' and r.deposit_key is null
    and r.method in ('cash', 'cheque', 'card', 'other');

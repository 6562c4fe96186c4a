-- The drafts of these keys, in the order of the keys.
select c.id, c.account_id
from unnest(%(keys)s::text[]) with ordinality as k (charge_key, place)
join invoicing_charge as c on c.entity_id = %(entity)s and c.charge_key = k.charge_key and c.version = 1
order by k.place;

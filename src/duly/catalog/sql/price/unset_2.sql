-- The prices that ended where a removed one began hold on in its place (the newest of those emptied on the day first).
update catalog_price as p
set valid_to = w.until
from (
    select distinct on (q.id) before.id, (pair ->> 1)::date as until
    from jsonb_array_elements(%(removed)s::jsonb) as pair
    join catalog_price as q on q.entity_id = %(entity)s and q.id = (pair ->> 0)::bigint
    join catalog_price as before
        on before.entity_id = %(entity)s and before.item_id = q.item_id and before.price_list = q.price_list
        and before.currency = q.currency and before.valid_to = q.valid_from and before.id <> q.id
        and before.id < q.id
    order by q.id, before.valid_from desc, before.id desc) as w
where p.entity_id = %(entity)s and p.id = w.id;

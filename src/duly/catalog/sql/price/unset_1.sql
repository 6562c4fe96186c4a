-- These prices hold no day any more; returns them with the day they held until.
with gone as (
    select id, item_id, price_list, currency, valid_from, valid_to
    from catalog_price
    where entity_id = %(entity)s and id = any(%(ids)s) and (valid_to is null or valid_to > valid_from)
    order by id
    for update
)
update catalog_price as p
set valid_to = p.valid_from
from gone
where p.entity_id = %(entity)s and p.id = gone.id
returning p.id as price_id, p.item_id, p.valid_from as from_on, gone.valid_to as until;

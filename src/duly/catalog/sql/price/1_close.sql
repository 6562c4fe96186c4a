-- The prices in force end where the new ones begin, unless they already say the same.
update catalog_price as p
set valid_to = r.valid_from
from (
    select i.id as item_id, j.*
    from jsonb_to_recordset(%(rows)s::jsonb) as j (
        item text, price_list text, currency char(3), unit_price numeric, tiers jsonb, valid_from date)
    join catalog_item as i on i.entity_id = %(entity)s and i.code = j.item) as r
where p.entity_id = %(entity)s and p.item_id = r.item_id and p.price_list = r.price_list and p.currency = r.currency
    and p.valid_from <= r.valid_from and (p.valid_to is null or p.valid_to > r.valid_from)
    and (p.unit_price, nullif(p.tiers, 'null')) is distinct from (r.unit_price, nullif(r.tiers, 'null'));

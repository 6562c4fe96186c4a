-- The new prices hold from their day until the next one that is set already.
insert into catalog_price (
    entity_id, item_id, price_list, currency, unit_price, tiers, valid_from, valid_to, created_by)
select %(entity)s, i.id, r.price_list, r.currency, r.unit_price, nullif(r.tiers, 'null'), r.valid_from,
    least(lead(r.valid_from) over (partition by i.id, r.price_list, r.currency order by r.valid_from), (
        select min(n.valid_from) from catalog_price as n
        where n.entity_id = %(entity)s and n.item_id = i.id and n.price_list = r.price_list
            and n.currency = r.currency and n.valid_from > r.valid_from
            and (n.valid_to is null or n.valid_to > n.valid_from))), %(actor)s
from jsonb_to_recordset(%(rows)s::jsonb) as r (
    item text, price_list text, currency char(3), unit_price numeric, tiers jsonb, valid_from date)
join catalog_item as i on i.entity_id = %(entity)s and i.code = r.item
where not exists (
    select from catalog_price as p
    where p.entity_id = %(entity)s and p.item_id = i.id and p.price_list = r.price_list and p.currency = r.currency
        and p.valid_from <= r.valid_from and (p.valid_to is null or p.valid_to > r.valid_from))
order by i.id, r.valid_from desc
returning id as price_id, item_id, valid_from as from_on;

-- Every version of the list prices of an item, newest first.
select p.id, p.item_id, i.code as item, p.price_list, p.currency, p.unit_price, p.tiers, p.valid_from, p.valid_to
from catalog_price as p
join catalog_item as i on i.entity_id = p.entity_id and i.id = p.item_id
where p.entity_id = %(entity)s and p.item_id = %(item)s and (p.valid_to is null or p.valid_to > p.valid_from)
    and (%(currency)s::text is null or p.currency = %(currency)s)
    and (%(on_day)s::date is null
        or (p.valid_from <= %(on_day)s and (p.valid_to is null or p.valid_to > %(on_day)s)))
    and (%(price_list)s::text is null or p.price_list = %(price_list)s)
order by p.price_list, p.currency, p.valid_from desc;

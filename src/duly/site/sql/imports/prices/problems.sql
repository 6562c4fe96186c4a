-- Prices that cannot be set say why.
update staged_import as s
set problem = case when i.id is null then 'item ' || s.item || ' is not in the catalog' else 'a price below zero' end,
    remedy = case when i.id is null then 'import the item first' else 'correct the cell' end
from staged_import as t
left join catalog_item as i on i.entity_id = %(entity)s and i.code = t.item
where s.line = t.line and (i.id is null or t.unit_price < 0);

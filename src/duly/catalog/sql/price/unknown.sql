-- The first item priced that does not exist.
select r.item
from jsonb_to_recordset(%(rows)s::jsonb) as r (item text)
where not exists (select from catalog_item as i where i.entity_id = %(entity)s and i.code = r.item)
limit 1;

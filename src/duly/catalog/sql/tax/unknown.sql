-- The first tax code named that does not exist.
select r.code
from jsonb_to_recordset(%(rows)s::jsonb) as r (code text)
where not exists (select from catalog_tax_code as c where c.entity_id = %(entity)s and c.code = r.code)
limit 1;

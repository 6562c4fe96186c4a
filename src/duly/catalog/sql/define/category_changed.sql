-- The first code told a category other than its own.
select c.code
from jsonb_to_recordset(%(rows)s::jsonb) as r (code text, category text)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = r.code and c.category <> r.category
limit 1;

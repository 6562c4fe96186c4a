-- The rules in force end where the new ones begin, unless they already say the same.
update catalog_tax_rule as t
set valid_to = r.valid_from
from jsonb_to_recordset(%(rows)s::jsonb) as r (tax_profile text, tax_class text, code text, valid_from date)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = r.code
where t.entity_id = %(entity)s and t.tax_profile = r.tax_profile and t.tax_class = r.tax_class
    and t.valid_from <= r.valid_from and (t.valid_to is null or t.valid_to > r.valid_from)
    and t.tax_code_id <> c.id;

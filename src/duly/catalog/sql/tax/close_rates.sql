-- The rates in force end where the new ones begin, unless they already say the same.
update catalog_tax_rate as t
set valid_to = r.valid_from
from jsonb_to_recordset(%(rows)s::jsonb) as r (code text, component text, rate numeric, valid_from date)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = r.code
where t.entity_id = %(entity)s and t.tax_code_id = c.id and t.component = r.component
    and t.valid_from <= r.valid_from and (t.valid_to is null or t.valid_to > r.valid_from) and t.rate <> r.rate;

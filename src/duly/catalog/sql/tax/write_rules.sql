-- The new rules hold from their day until the next one that is set already.
insert into catalog_tax_rule (entity_id, tax_profile, tax_class, tax_code_id, valid_from, valid_to)
select %(entity)s, r.tax_profile, r.tax_class, c.id, r.valid_from,
    least(lead(r.valid_from) over (partition by r.tax_profile, r.tax_class order by r.valid_from), (
        select min(n.valid_from) from catalog_tax_rule as n
        where n.entity_id = %(entity)s and n.tax_profile = r.tax_profile and n.tax_class = r.tax_class
            and n.valid_from > r.valid_from and (n.valid_to is null or n.valid_to > n.valid_from)))
from jsonb_to_recordset(%(rows)s::jsonb) as r (tax_profile text, tax_class text, code text, valid_from date)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = r.code
where not exists (
    select from catalog_tax_rule as t
    where t.entity_id = %(entity)s and t.tax_profile = r.tax_profile and t.tax_class = r.tax_class
        and t.valid_from <= r.valid_from and (t.valid_to is null or t.valid_to > r.valid_from))
order by r.tax_profile, r.tax_class, r.valid_from desc;

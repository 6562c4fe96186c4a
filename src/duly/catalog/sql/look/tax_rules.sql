-- Which code each profile pays on each class, those in force on a day where one is given.
select r.id, r.tax_profile, r.tax_class, c.code, r.valid_from, r.valid_to
from catalog_tax_rule as r
join catalog_tax_code as c on c.entity_id = r.entity_id and c.id = r.tax_code_id
where r.entity_id = %(entity)s and (r.valid_to is null or r.valid_to > r.valid_from)
    and (%(profile)s::text is null or r.tax_profile = %(profile)s)
    and (%(tax_class)s::text is null or r.tax_class = %(tax_class)s)
    and (%(on_day)s::date is null
        or (r.valid_from <= %(on_day)s and (r.valid_to is null or r.valid_to > %(on_day)s)))
order by r.tax_profile, r.tax_class, r.valid_from desc;

-- The rates of a code (all codes without one), those in force on a day where one is given.
select r.id, r.tax_code_id, c.code, r.component, r.rate, r.valid_from, r.valid_to, r.source
from catalog_tax_rate as r
join catalog_tax_code as c on c.entity_id = r.entity_id and c.id = r.tax_code_id
where r.entity_id = %(entity)s and (%(code)s::text is null or c.code = %(code)s)
    and (r.valid_to is null or r.valid_to > r.valid_from)
    and (%(on_day)s::date is null
        or (r.valid_from <= %(on_day)s and (r.valid_to is null or r.valid_to > %(on_day)s)))
order by c.code, r.valid_from desc, r.component;

-- Each code without rates has its dated rate rows, one a component.
insert into catalog_tax_rate (entity_id, tax_code_id, component, rate, valid_from, source)
select %(entity)s, c.id, given.component, given.rate, given.day, given.source
from unnest(%(codes)s::text[], %(components)s::text[], %(rates)s::numeric[], %(days)s::date[], %(sources)s::text[])
    as given (code, component, rate, day, source)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = given.code
where not exists (
    select 1 from catalog_tax_rate as r where r.entity_id = c.entity_id and r.tax_code_id = c.id);

-- Each profile and class without a rule is taxed by its code.
insert into catalog_tax_rule (entity_id, tax_profile, tax_class, tax_code_id, valid_from)
select %(entity)s, given.profile, given.class, c.id, %(day)s
from unnest(%(codes)s::text[], %(profiles)s::text[], %(classes)s::text[]) as given (code, profile, class)
join catalog_tax_code as c on c.entity_id = %(entity)s and c.code = given.code
where not exists (
    select 1 from catalog_tax_rule as r
    where r.entity_id = %(entity)s and r.tax_profile = given.profile and r.tax_class = given.class);

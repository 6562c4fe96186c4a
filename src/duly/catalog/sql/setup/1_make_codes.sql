-- The entity has these tax codes.
insert into catalog_tax_code (entity_id, code, name, jurisdiction, category, reason_code)
select %(entity)s, code, name, jurisdiction, category, reason
from unnest(%(codes)s::text[], %(names)s::text[], %(jurisdictions)s::text[], %(categories)s::text[], %(reasons)s::text[])
    as given (code, name, jurisdiction, category, reason)
on conflict (entity_id, code) do nothing;

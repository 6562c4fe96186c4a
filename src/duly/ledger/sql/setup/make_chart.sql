-- The entity has these ledger accounts.
insert into ledger_account (entity_id, code, name, kind, control)
select %(entity)s, code, name, kind, control
from unnest(%(codes)s::text[], %(names)s::text[], %(kinds)s::text[], %(controls)s::text[])
    as chart (code, name, kind, control)
on conflict (entity_id, code) do nothing;

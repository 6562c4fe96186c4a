-- The entity's tax codes.
select id, code, name, jurisdiction, category, reason_code, note, tax_account
from catalog_tax_code
where entity_id = %(entity)s
order by code;

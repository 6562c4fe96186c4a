-- The items exist and say what they were told; equal ones are not touched.
insert into catalog_item as i (
    entity_id, code, name, description, names, unit, tax_class, revenue_account, active, import_batch_id)
select %(entity)s, r.code, r.name, r.description, r.names, r.unit, r.tax_class, r.revenue_account, r.active, %(batch)s
from jsonb_to_recordset(%(rows)s::jsonb) as r (
    code text, name text, description text, names jsonb, unit text, tax_class text, revenue_account text,
    active boolean)
order by r.code
on conflict (entity_id, code) do update
set name = excluded.name, description = excluded.description, names = excluded.names, unit = excluded.unit,
    tax_class = excluded.tax_class, revenue_account = excluded.revenue_account, active = excluded.active
where (i.name, i.description, i.names, i.unit, i.tax_class, i.revenue_account, i.active)
    is distinct from (excluded.name, excluded.description, excluded.names, excluded.unit, excluded.tax_class,
        excluded.revenue_account, excluded.active);

-- The tax codes exist and say what they were told; the category of a code never changes.
insert into catalog_tax_code as c (
    entity_id, code, name, jurisdiction, category, reason_code, note, tax_account)
select %(entity)s, r.code, r.name, r.jurisdiction, r.category, r.reason_code, r.note, r.tax_account
from jsonb_to_recordset(%(rows)s::jsonb) as r (
    code text, name text, jurisdiction text, category text, reason_code text, note jsonb, tax_account text)
order by r.code
on conflict (entity_id, code) do update
set name = excluded.name, jurisdiction = excluded.jurisdiction, reason_code = excluded.reason_code,
    note = excluded.note, tax_account = excluded.tax_account
where c.category = excluded.category
    and (c.name, c.jurisdiction, c.reason_code, c.note, c.tax_account)
    is distinct from (excluded.name, excluded.jurisdiction, excluded.reason_code, excluded.note,
        excluded.tax_account);

-- Staged parties that are not known yet exist.
insert into parties_party (entity_id, id, external_id, kind, name, legal_name, email, phone, vat_id, language, country,
    street, street2, postal_code, city, region, import_batch_id, created_at)
select %(entity)s, s.party_id, s.external_id, s.kind, s.name, s.legal_name, s.email, s.phone, s.vat_id, s.language,
    s.country, s.street, s.street2, s.postal_code, s.city, s.region, %(batch)s, %(at)s
from staged_party as s
where not exists (select 1 from parties_party as p where p.entity_id = %(entity)s and p.id = s.party_id)
order by s.place;

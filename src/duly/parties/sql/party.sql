-- One party.
select id, public_id, external_id, kind, name, legal_name, email, phone, vat_id, language, country, street, street2,
    postal_code, city, region, version, created_at
from parties_party
where entity_id = %(entity)s and id = %(id)s;

-- Known parties are as staged.
update parties_party as p
set name = s.name, kind = s.kind, legal_name = s.legal_name, email = s.email, phone = s.phone, vat_id = s.vat_id,
    language = s.language, country = s.country, street = s.street, street2 = s.street2, postal_code = s.postal_code,
    city = s.city, region = s.region, version = p.version + 1
from staged_party as s
where p.entity_id = %(entity)s and p.id = s.party_id
    and (p.name, p.kind, p.legal_name, p.email, p.phone, p.vat_id, p.language, p.country, p.street, p.street2,
        p.postal_code, p.city, p.region)
    is distinct from (s.name, s.kind, s.legal_name, s.email, s.phone, s.vat_id, s.language::char(2),
        s.country::char(2), s.street, s.street2, s.postal_code, s.city, s.region);

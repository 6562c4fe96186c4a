-- Every staged customer is about to be a party.
insert into staged_party (place, name, kind, legal_name, email, phone, vat_id, language, country, street, street2,
    postal_code, city, region, external_id)
select line, name, kind, '', email, phone, vat_id, language, country, street, street2, postal_code, city, region, customer
from staged_import
order by line;

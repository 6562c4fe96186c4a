-- One contact, ended or not.
select id, party_id, name, email, phone, duty, language, valid_from, valid_to
from parties_contact
where entity_id = %(entity)s and id = %(id)s;

-- The contacts of a party now.
select id, name, email, phone, duty, language
from parties_contact
where entity_id = %(entity)s and party_id = %(party)s and valid_to is null
order by name, id;

-- The party has one more contact, if the party is this entity's.
insert into parties_contact (entity_id, party_id, name, email, phone, duty, language, valid_from)
select p.entity_id, p.id, %(name)s, %(email)s, %(phone)s, %(duty)s, %(language)s, %(today)s
from parties_party as p
where p.entity_id = %(entity)s and p.id = %(party)s
returning id;

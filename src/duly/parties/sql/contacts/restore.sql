-- The ended contact holds again.
update parties_contact
set valid_to = null
where entity_id = %(entity)s and id = %(id)s and valid_to is not null;

-- The contact is none any more, unless somebody was faster.
update parties_contact
set valid_to = %(today)s
where entity_id = %(entity)s and id = %(id)s and valid_to is null;

-- The person no longer has the role in the entity.
delete from access_membership where entity_id = %(entity)s and user_id = %(user)s and role = %(role)s;

-- A person's calendar addresses of a scope lead nowhere from now on.
update office_feed set revoked_at = %(at)s
where entity_id = %(entity)s and user_id = %(user)s and scope = %(scope)s and revoked_at is null;

-- A person's calendar addresses that lead somewhere.
select entity_id, id, user_id, scope, created_at from office_feed
where entity_id = %(entity)s and user_id = %(user)s and revoked_at is null
order by scope;

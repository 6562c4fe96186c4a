-- Whose calendar an address is, if it still leads somewhere; the address itself is the key, so no entity is asked.
select entity_id, id, user_id, scope, created_at from office_feed
where token_hash = %(token_hash)s and revoked_at is null;

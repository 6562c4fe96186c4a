-- A link that signs one person in, kept as a hash only.
insert into access_sign_in_link (user_id, entity_id, token_hash, created_at, expires_at, uses_left)
values (%(user)s, %(entity)s, %(hash)s, %(at)s, %(expires_at)s, %(uses)s);

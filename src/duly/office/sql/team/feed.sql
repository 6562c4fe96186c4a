-- A person's secret calendar address exists; only its hash is kept.
insert into office_feed (entity_id, user_id, token_hash, scope, created_at)
values (%(entity)s, %(user)s, %(token_hash)s, %(scope)s, %(at)s)
returning id;

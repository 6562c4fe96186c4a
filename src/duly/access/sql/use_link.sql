-- One use of the link is spent; nobody comes in with an old or used one.
update access_sign_in_link
set uses_left = uses_left - 1, used_at = %(at)s
where token_hash = %(hash)s and uses_left > 0 and expires_at > %(at)s
returning user_id, entity_id;

-- The amendments are undone, once.
update commercial_amendment
set undone_at = %(at)s
where entity_id = %(entity)s and id = any(%(ids)s) and undone_at is null;

-- The holds no longer stop anything.
update receivables_hold
set released_at = %(at)s, released_by = %(by)s
where entity_id = %(entity)s and id = any(%(ids)s) and released_at is null;

-- The lines are open again.
update banking_line
set state = 'open', version = version + 1, placed_as = '', placed_by = null, placed_at = null
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'placed';

-- The changes are done.
update parties_bank_change
set state = 'in_force', in_force_on = %(today)s
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'confirmed';

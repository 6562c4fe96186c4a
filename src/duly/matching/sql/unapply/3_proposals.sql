-- What was accepted for these lines is undone, and stays to be remembered.
update matching_proposal
set state = 'undone'
where entity_id = %(entity)s and line_id = any(%(ids)s) and state = 'accepted';

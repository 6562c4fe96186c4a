-- The lines are for a person to decide again.
update matching_result
set state = 'decide', sentence = 'Taken back by ' || %(by_name)s || '.', proposal_id = null, method = '', at = %(at)s
where entity_id = %(entity)s and line_id = any(%(ids)s);

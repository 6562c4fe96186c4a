-- The case is open again and waits for us.
update matching_case
set state = 'open', resolved_on = null, resolved_by = '', resolved_by_id = null, resolution = '', cause = '', undo = null,
    waiting_on = 'us', due_on = %(due_on)s, version = version + 1
where entity_id = %(entity)s and id = %(id)s;

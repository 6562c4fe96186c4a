-- A sample that waits is reviewed, by somebody else than who acted.
update office_sample
set state = 'reviewed', finding = %(finding)s, note = %(note)s, reviewed_by = %(by_id)s, reviewed_by_name = %(by_name)s,
    reviewed_at = %(at)s
where entity_id = %(entity)s and id = %(id)s and state = 'waiting' and user_id is distinct from %(by_id)s
returning account_id;

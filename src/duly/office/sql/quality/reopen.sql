-- A review is taken back: the sample waits again.
update office_sample
set state = 'waiting', finding = null, note = '', reviewed_by = null, reviewed_by_name = null, reviewed_at = null
where entity_id = %(entity)s and id = %(id)s and state = 'reviewed';

-- From a day on the right needs no gate any more; what was to begin then or later is gone.
with gone as (
    delete from access_right_gate
    where entity_id = %(entity)s and right_name = %(right)s and valid_from >= %(from_on)s
)
update access_right_gate
set valid_to = %(from_on)s
where entity_id = %(entity)s and right_name = %(right)s and valid_from < %(from_on)s
    and (valid_to is null or valid_to > %(from_on)s);

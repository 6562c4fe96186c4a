-- What the role held before holds until the day; what was to begin on that day or later is gone.
with gone as (
    delete from access_role_right
    where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s and valid_from >= %(from_on)s
)
update access_role_right
set valid_to = %(from_on)s
where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s
    and valid_from < %(from_on)s and (valid_to is null or valid_to > %(from_on)s);

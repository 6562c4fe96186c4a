-- What held before holds until the day the new limit begins; what was to begin on that day or later is gone.
with gone as (
    delete from access_role_limit
    where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s and currency = %(currency)s
        and valid_from >= %(from_on)s
)
update access_role_limit
set valid_to = %(from_on)s
where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s and currency = %(currency)s
    and valid_from < %(from_on)s and (valid_to is null or valid_to > %(from_on)s);

-- What the policy said before holds until the day; what was to begin on that day or later is gone.
with gone as (
    delete from access_policy where entity_id = %(entity)s and name = %(name)s and valid_from >= %(from_on)s
)
update access_policy
set valid_to = %(from_on)s
where entity_id = %(entity)s and name = %(name)s and valid_from < %(from_on)s
    and (valid_to is null or valid_to > %(from_on)s);

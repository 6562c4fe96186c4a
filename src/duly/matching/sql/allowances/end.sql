-- A practice ends; one that never held a day ends before it began.
update matching_allowance set valid_to = greatest(%(valid_to)s::date, valid_from)
where entity_id = %(entity)s and id = %(id)s and valid_to is null;

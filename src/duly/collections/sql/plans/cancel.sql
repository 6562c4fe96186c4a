-- The plan no longer runs.
update collections_plan set state = 'cancelled', ended_on = %(on)s, ended_why = %(why)s
where entity_id = %(entity)s and id = %(id)s and state = 'open';

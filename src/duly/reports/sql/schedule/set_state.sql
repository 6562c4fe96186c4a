-- A schedule is stopped, or runs again from a day on.
update reports_schedule set state = %(state)s, next_on = coalesce(%(next_on)s::date, next_on)
where entity_id = %(entity)s and id = %(id)s and state <> %(state)s;

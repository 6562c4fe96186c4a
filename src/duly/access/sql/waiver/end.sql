-- The waiver ends; what was done under it, and its reviews, stay.
update access_waiver
set ended_on = %(on_day)s, ended_by = %(by)s
where entity_id = %(entity)s and id = %(id)s and ended_on is null and until_on > %(on_day)s;

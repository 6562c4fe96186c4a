-- The schedules wait for their next day.
update reports_schedule as s set next_on = d.day, last_on = %(today)s
from unnest(%(ids)s::bigint[], %(days)s::date[]) as d (id, day)
where s.entity_id = %(entity)s and s.id = d.id;

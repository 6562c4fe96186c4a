-- What a mail is to carry and to whom.
select g.id, g.as_of, g.to_address, g.user_id, s.report, s.title, s.asked, s.format, s.cadence, s.made_by_name
from reports_sending as g
join reports_schedule as s on s.entity_id = g.entity_id and s.id = g.schedule_id
where g.entity_id = %(entity)s and g.id = %(id)s;

-- The schedules with who gets them and when the last one left.
select s.id, s.report, s.title, s.asked, s.format, s.cadence, s.next_on, s.last_on, s.state, s.made_by_name,
    (select string_agg(u.name, ', ' order by u.name) from access_user as u where u.id = any(s.to_users)) as people,
    (select max(g.sent_at) from reports_sending as g where g.entity_id = s.entity_id and g.schedule_id = s.id) as sent_at
from reports_schedule as s
where s.entity_id = %(entity)s
order by s.state, s.next_on, s.id;

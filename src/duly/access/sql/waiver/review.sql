-- A week was looked through, once; only one that is over and due.
insert into access_review (entity_id, waiver_id, week_on, acts, finding, done_by, done_by_name, done_at)
select r.entity_id, r.waiver_id, r.week_on, %(acts)s, %(finding)s, %(by)s, %(by_name)s, %(at)s
from access_review_due as r
where r.entity_id = %(entity)s and r.waiver_id = %(waiver)s and r.week_on = %(week)s and r.week_on + 7 <= %(day)s;

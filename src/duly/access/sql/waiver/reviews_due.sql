-- Weeks of small-office mode that are over and that nobody has looked through.
select r.waiver_id, r.user_id, u.name as person, r.week_on, r.due_on
from access_review_due as r
join access_user as u on u.id = r.user_id
where r.entity_id = %(entity)s and r.week_on + 7 <= %(day)s
order by r.week_on, r.waiver_id;

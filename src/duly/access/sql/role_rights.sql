-- Which role holds which right on a day.
select r.role, r.right_name, r.level
from access_role_right as r
where r.entity_id = %(entity)s and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
order by r.right_name, r.role;

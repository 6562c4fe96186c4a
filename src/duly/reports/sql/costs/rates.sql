-- What an hour costs, everybody's rate first, latest first.
select r.id, u.name as person, r.currency, r.hour_minor, r.valid_from, r.made_by
from reports_cost_rate as r
left join access_user as u on u.id = r.user_id
where r.entity_id = %(entity)s
order by u.name nulls first, r.valid_from desc, r.id desc;

-- Who is away on or after a day, soonest first.
select a.id, a.user_id, u.name, a.cover_id, c.name as cover, a.from_on, a.back_on, a.note
from office_absence as a
join access_user as u on u.id = a.user_id
left join access_user as c on c.id = a.cover_id
where a.entity_id = %(entity)s and not a.cancelled and a.back_on > %(from_on)s
order by a.from_on, a.id;

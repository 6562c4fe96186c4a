-- People of an entity with their roles.
select u.id as user_id, u.email, u.name, u.language, u.is_active, array_agg(distinct m.role) as roles,
    u.password not like '!%%' as has_password
from access_membership as m
join access_user as u on u.id = m.user_id
where m.entity_id = %(entity)s and (%(user)s::bigint is null or u.id = %(user)s)
group by u.id
order by u.name;

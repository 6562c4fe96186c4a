-- People of an entity with their roles, and the rights these roles hold on the day.
select u.id as user_id, u.email, u.name, u.language, u.is_active,
    array_agg(distinct m.role) as roles,
    coalesce(array_agg(distinct r.right_name) filter (where r.right_name is not null), '{}') as rights
from access_membership as m
join access_user as u on u.id = m.user_id
left join access_role_right as r on r.entity_id = m.entity_id and r.role = m.role
    and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
where m.entity_id = %(entity)s and (%(user)s::bigint is null or u.id = %(user)s)
group by u.id
order by u.name;

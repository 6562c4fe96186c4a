-- The limits of a person on a day: the widest of those roles that hold the right; a role without limit lifts it.
select r.right_name, l.currency, max(l.limit_minor) as limit_minor
from access_membership as m
join access_role_right as r on r.entity_id = m.entity_id and r.role = m.role
    and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
left join access_role_limit as l on l.entity_id = m.entity_id and l.role = m.role and l.right_name = r.right_name
    and l.valid_from <= %(day)s and (l.valid_to is null or l.valid_to > %(day)s)
where m.entity_id = %(entity)s and m.user_id = %(user)s
group by r.right_name, l.currency
having l.currency is not null and not exists (
    select 1
    from access_membership as m2
    join access_role_right as r2 on r2.entity_id = m2.entity_id and r2.role = m2.role
        and r2.right_name = r.right_name
        and r2.valid_from <= %(day)s and (r2.valid_to is null or r2.valid_to > %(day)s)
    where m2.entity_id = %(entity)s and m2.user_id = %(user)s
        and not exists (
            select 1 from access_role_limit as l2
            where l2.entity_id = m2.entity_id and l2.role = m2.role and l2.right_name = r.right_name));

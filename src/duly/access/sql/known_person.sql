-- What is known of the person with this address: whether they may sign in, have a password, work here or elsewhere.
select u.id, u.is_active, u.password not like '!%%' as has_password,
    exists (select 1 from access_membership as m where m.user_id = u.id and m.entity_id = %(entity)s) as works_here,
    exists (select 1 from access_membership as m where m.user_id = u.id and m.entity_id <> %(entity)s) as works_elsewhere
from access_user as u
where lower(u.email) = lower(%(email)s);

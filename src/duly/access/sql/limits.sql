-- The limits of people on a day: the widest of those roles that do or decide; a role without any limit lifts it.
with held as (
    select m.user_id, r.role, r.right_name
    from access_membership as m
    join access_role_right as r on r.entity_id = m.entity_id and r.role = m.role and r.level <> 'propose'
        and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
    where m.entity_id = %(entity)s and (%(user)s::bigint is null or m.user_id = %(user)s)
), limited as (
    select l.role, l.right_name, l.currency, l.limit_minor
    from access_role_limit as l
    where l.entity_id = %(entity)s and l.valid_from <= %(day)s and (l.valid_to is null or l.valid_to > %(day)s)
)
select held.user_id, held.right_name, limited.currency, max(limited.limit_minor) as limit_minor
from held
join limited on limited.role = held.role and limited.right_name = held.right_name
where not exists (
    select 1
    from held as free
    where free.user_id = held.user_id and free.right_name = held.right_name
        and not exists (
            select 1 from limited as l where l.role = free.role and l.right_name = free.right_name))
group by held.user_id, held.right_name, limited.currency;

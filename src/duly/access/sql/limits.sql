-- The limits of people on a day: the widest of those roles that do or decide; a role without any limit lifts it.
with limited as materialized (
    select l.role, l.right_name, l.currency, l.limit_minor
    from access_role_limit as l
    where l.entity_id = %(entity)s and l.valid_from <= %(day)s and (l.valid_to is null or l.valid_to > %(day)s)
), held as materialized (
    select m.user_id, r.role, r.right_name
    from access_membership as m
    join access_role_right as r on r.entity_id = m.entity_id and r.role = m.role and r.level <> 'propose'
        and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
    where m.entity_id = %(entity)s and (%(user)s::bigint is null or m.user_id = %(user)s)
        and r.right_name in (select right_name from limited)
), bound as (
    select held.user_id, held.right_name
    from held
    left join (select distinct role, right_name from limited) as l
        on l.role = held.role and l.right_name = held.right_name
    group by held.user_id, held.right_name
    having bool_and(l.role is not null)
)
select held.user_id, held.right_name, limited.currency, max(limited.limit_minor) as limit_minor
from bound
join held on held.user_id = bound.user_id and held.right_name = bound.right_name
join limited on limited.role = held.role and limited.right_name = held.right_name
group by held.user_id, held.right_name, limited.currency;

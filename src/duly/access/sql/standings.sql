-- What people's roles hold on a day: the best level of each right, and the gate that is missing for it.
with held as (
    select m.user_id, r.right_name,
        bool_or(r.level = 'do') as does, bool_or(r.level = 'approve') as approves
    from access_membership as m
    join access_role_right as r on r.entity_id = m.entity_id and r.role = m.role
        and r.valid_from <= %(day)s and (r.valid_to is null or r.valid_to > %(day)s)
    where m.entity_id = %(entity)s and (%(user)s::bigint is null or m.user_id = %(user)s)
    group by m.user_id, r.right_name
)
select held.user_id, held.right_name,
    case when held.does then 'do' when held.approves then 'approve' else 'propose' end as level,
    coalesce((
        select min(g.gate)
        from access_right_gate as g
        where g.entity_id = %(entity)s and g.right_name = held.right_name
            and g.valid_from <= %(day)s and (g.valid_to is null or g.valid_to > %(day)s)
            and not exists (
                select 1 from access_gate_pass as p
                where p.entity_id = g.entity_id and p.user_id = held.user_id and p.gate = g.gate
                    and p.passed_on <= %(day)s and (p.valid_to is null or p.valid_to > %(day)s))), '') as gate_missing
from held
order by held.user_id, held.right_name;

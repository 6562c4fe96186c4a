-- Who is given a role as a trained person has every gate its rights need, as long as the gate is asked for.
insert into access_gate_pass (entity_id, gate, user_id, passed_on, note, passed_by, passed_by_name)
select %(entity)s, g.gate, %(user)s, least(min(g.valid_from), %(today)s), %(note)s, %(by)s, %(by_name)s
from access_right_gate as g
join access_role_right as r on r.entity_id = g.entity_id and r.right_name = g.right_name and r.role = %(role)s
    and (r.valid_to is null or r.valid_to > %(today)s)
where g.entity_id = %(entity)s and (g.valid_to is null or g.valid_to > %(today)s)
    and not exists (
        select 1 from access_gate_pass as p
        where p.entity_id = g.entity_id and p.user_id = %(user)s and p.gate = g.gate
            and (p.valid_to is null or p.valid_to > %(today)s))
group by g.gate;

-- A person of the entity has passed a gate of it.
insert into access_gate_pass (entity_id, gate, user_id, passed_on, valid_to, note, passed_by, passed_by_name)
select g.entity_id, g.name, %(user)s, %(passed_on)s, %(valid_to)s, %(note)s, %(by)s, %(by_name)s
from access_gate as g
where g.entity_id = %(entity)s and g.name = %(gate)s
    and exists (select 1 from access_membership as m where m.entity_id = g.entity_id and m.user_id = %(user)s);

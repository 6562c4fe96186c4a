-- From a day on the right needs the gate; nothing where there is no such gate.
insert into access_right_gate (entity_id, right_name, gate, valid_from)
select entity_id, %(right)s, name, %(from_on)s
from access_gate
where entity_id = %(entity)s and name = %(gate)s;

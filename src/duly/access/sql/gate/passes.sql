-- Who has a current pass of which gate on a day: the one that lasts longest.
select distinct on (p.user_id, p.gate) p.user_id, p.gate, p.passed_on, p.valid_to, p.note, p.passed_by_name
from access_gate_pass as p
where p.entity_id = %(entity)s and p.passed_on <= %(day)s and (p.valid_to is null or p.valid_to > %(day)s)
order by p.user_id, p.gate, p.valid_to desc nulls first, p.id;

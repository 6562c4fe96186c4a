-- What was billed from the first changed day on is in doubt.
update commercial_agreement as a
set recheck_from = least(a.recheck_from, s.from_on), version = a.version + 1
from (select agreement_id, min(from_on) as from_on from staged_amendment group by agreement_id) as s
where a.entity_id = %(entity)s and a.id = s.agreement_id;

-- What was billed from the first of their days on is in doubt again.
update commercial_agreement as a
set recheck_from = least(a.recheck_from, m.effective_on), version = a.version + 1
from (
    select agreement_id, min(effective_on) as effective_on
    from commercial_amendment
    where entity_id = %(entity)s and id = any(%(ids)s)
    group by agreement_id) as m
where a.entity_id = %(entity)s and a.id = m.agreement_id;

-- The versions they made hold no day.
update commercial_term as t
set valid_to = t.valid_from
from commercial_amendment as m
join commercial_agreement as a on a.entity_id = m.entity_id and a.id = m.agreement_id
where m.entity_id = %(entity)s and m.id = any(%(ids)s)
    and t.entity_id = %(entity)s and t.account_id = a.account_id and t.agreement_id = a.id and t.amendment_id = m.id;

-- Usage that came before its agreement belongs to it now.
update commercial_usage_event as e
set agreement_id = s.agreement_id
from staged_term as t
join staged_agreement as s on s.place = t.place
where s.problem is null and not s.repeated and t.meter is not null
    and e.entity_id = %(entity)s and e.account_id = s.account_id and e.meter = t.meter and e.agreement_id is null;

-- New lines are staged under their agreement's interval and timing.
update staged_agreement as s
set agreement_id = m.agreement_id, account_id = m.account_id, starts_on = m.from_on,
    interval_unit = a.interval_unit, interval_count = a.interval_count, timing = a.timing
from staged_amendment as m
join commercial_agreement as a on a.entity_id = %(entity)s and a.id = m.agreement_id
where s.place = m.place;

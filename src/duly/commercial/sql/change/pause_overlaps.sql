-- The first of these agreements that already pauses in the days asked for.
select a.number
from commercial_pause as p
join commercial_agreement as a on a.entity_id = p.entity_id and a.id = p.agreement_id
where p.entity_id = %(entity)s and p.agreement_id = any(%(ids)s)
    and (p.resumed_on is null or p.resumed_on > p.paused_on)
    and daterange(p.paused_on, p.resumed_on) && daterange(%(from_on)s, %(until)s::date)
limit 1;

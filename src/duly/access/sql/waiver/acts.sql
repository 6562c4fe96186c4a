-- What a person did in a week that begins on a Monday of the office's zone.
select id, at, action, summary,
    coalesce(facts ->> 'waiver', '') <> '' as own
from events_event
where entity_id = %(entity)s and actor_id = %(user)s
    and at >= (%(week)s::timestamp at time zone %(zone)s)
    and at < ((%(week)s::date + 7)::timestamp at time zone %(zone)s)
order by id;

-- What people of this office said the cause was, in the last two years.
select u.cause, count(*)::int as picked
from matching_case as c
cross join unnest(string_to_array(c.cause, '+')) as u (cause)
where c.entity_id = %(entity)s and c.state <> 'open' and c.cause <> '' and c.resolved_on >= %(since)s
group by u.cause;

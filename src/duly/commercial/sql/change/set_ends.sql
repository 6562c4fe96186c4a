-- These agreements end on the days given with them, null being never; returns when they ended before.
with was as (
    select a.id, a.account_id, a.ends_on, (pair ->> 1)::date as new_end
    from commercial_agreement as a
    join jsonb_array_elements(%(ends)s::jsonb) as pair on (pair ->> 0)::bigint = a.id
    where a.entity_id = %(entity)s
)
update commercial_agreement as a
set ends_on = was.new_end, version = a.version + 1,
    recheck_from = least(a.recheck_from, was.ends_on, was.new_end)
from was
where a.entity_id = %(entity)s and a.id = was.id and a.state = 'active'
    and (was.new_end is null or was.new_end >= a.starts_on)
returning a.id as agreement_id, a.account_id, was.ends_on as was_on;

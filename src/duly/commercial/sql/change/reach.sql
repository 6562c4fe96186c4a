-- These milestones are reached on a day (null: not yet); returns them with the first day in doubt.
with was as (
    select id, reached_on from commercial_milestone
    where entity_id = %(entity)s and id = any(%(ids)s)
    order by id
    for update
)
update commercial_milestone as m
set reached_on = %(on_day)s::date
from was
where m.entity_id = %(entity)s and m.id = was.id and (was.reached_on is null) = (%(on_day)s::date is not null)
returning m.id, m.agreement_id, m.account_id, coalesce(%(on_day)s::date, was.reached_on) as from_on;

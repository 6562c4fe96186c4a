-- Waiting work of a kind whose deadline was computed is due as the policy now says.
with due as (
    select d.since_on, office_business_day(%(entity)s, d.since_on, %(within_days)s) as deadline_on
    from (select distinct since_on from office_work
        where entity_id = %(entity)s and kind = %(kind)s and state in ('open', 'claimed', 'pended')) as d
)
update office_work as w
set deadline_on = due.deadline_on, version = w.version + 1
from due
where w.entity_id = %(entity)s and w.kind = %(kind)s and w.state in ('open', 'claimed', 'pended')
    and w.since_on = due.since_on and not w.deadline_given and w.deadline_on <> due.deadline_on;

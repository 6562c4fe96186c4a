-- These agreements pause from a day on, until another where one is known; returns the pauses.
insert into commercial_pause (entity_id, agreement_id, account_id, paused_on, resumed_on, reason, recorded_at)
select entity_id, id, account_id, %(from_on)s, %(until)s::date, %(reason)s, %(at)s
from commercial_agreement
where entity_id = %(entity)s and id = any(%(ids)s)
order by id
returning id, agreement_id, account_id, paused_on as from_on;

-- The pauses of these agreements that run on the day end with it; returns them.
update commercial_pause
set resumed_on = %(on_day)s
where entity_id = %(entity)s and agreement_id = any(%(ids)s)
    and paused_on <= %(on_day)s and (resumed_on is null or resumed_on > %(on_day)s)
returning id, agreement_id, account_id, %(on_day)s::date as from_on;

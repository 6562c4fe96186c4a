-- The pauses of an agreement that hold a day.
select id, paused_on, resumed_on, reason from commercial_pause
where entity_id = %(entity)s and agreement_id = %(agreement)s and (resumed_on is null or resumed_on > paused_on)
order by paused_on;

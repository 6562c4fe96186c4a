-- The schedules whose day has come are ours until commit; what another worker holds is passed over.
select id, cadence, first_on from reports_schedule
where entity_id = %(entity)s and state = 'active' and next_on <= %(today)s
order by id
for update skip locked;

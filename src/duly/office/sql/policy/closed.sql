-- The closed days from a day on.
select day, name from office_closed_day where entity_id = %(entity)s and day >= %(from_on)s order by day limit 60;

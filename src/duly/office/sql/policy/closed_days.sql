-- Days from one to another on which the office is closed.
select day from office_closed_day where entity_id = %(entity)s and day between %(from_on)s and %(to_on)s order by day;

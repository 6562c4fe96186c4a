-- These days are ordinary days again.
delete from office_closed_day where entity_id = %(entity)s and day = any(%(days)s::date[]);

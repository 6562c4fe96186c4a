-- What is known of people for planning.
select user_id, capacity_minutes, skills, languages, trainee_until, version
from office_person
where entity_id = %(entity)s;

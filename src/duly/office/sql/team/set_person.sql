-- What is known of a person for planning, unless somebody changed it meanwhile; version 0 means nothing was known.
insert into office_person as p (entity_id, user_id, capacity_minutes, skills, languages, trainee_until)
select %(entity)s, m.user_id, %(capacity_minutes)s, %(skills)s::text[], %(languages)s::text[], %(trainee_until)s
from (select distinct user_id from access_membership where entity_id = %(entity)s and user_id = %(user)s) as m
on conflict (entity_id, user_id) do update
set capacity_minutes = excluded.capacity_minutes, skills = excluded.skills, languages = excluded.languages,
    trainee_until = excluded.trainee_until, version = p.version + 1
where p.version = %(version)s;

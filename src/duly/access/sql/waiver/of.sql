-- The waiver under which a person acts on a day.
select max(id)
from access_waiver
where entity_id = %(entity)s and user_id = %(user)s
    and from_on <= %(day)s and until_on > %(day)s and (ended_on is null or ended_on > %(day)s);

-- What the gate answered about a person, newest first.
select id, channel, purpose, contact_at, allowed, reason, next_allowed_at, laws, asked_by
from collections_answer
where entity_id = %(entity)s and party_id = %(party)s
order by id desc
limit %(limit)s;

-- A contact that comes again with the same name replaces the former one.
update parties_contact as c
set valid_to = %(today)s
from staged_contact as s
where c.entity_id = %(entity)s and c.party_id = s.party_id and lower(c.name) = lower(s.name) and c.valid_to is null;

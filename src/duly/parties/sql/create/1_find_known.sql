-- Staged parties whose external id is known are those parties.
update staged_party as s
set party_id = p.id
from parties_party as p
where p.entity_id = %(entity)s and p.external_id = s.external_id and s.external_id is not null;

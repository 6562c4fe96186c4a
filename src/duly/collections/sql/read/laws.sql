-- Every rule of every law pack.
select id, pack, code, kind, person_kinds, countries, regions, channels, purposes, params, source, active, valid_from, valid_to
from collections_law
where entity_id = %(entity)s
order by pack, code, valid_from;

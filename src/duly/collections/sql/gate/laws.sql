-- The rules of contact that are in force for the office, of any day.
select pack, code, kind, person_kinds, countries, regions, channels, purposes, params, valid_from, valid_to
from collections_law
where entity_id = %(entity)s and active
order by case kind when 'exempt' then 0 when 'stop' then 1 when 'consent' then 2 else 3 end, pack, code;

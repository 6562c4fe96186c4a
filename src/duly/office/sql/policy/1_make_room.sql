-- The place of a new rule is free: the rules from there on stand one place later.
with later as (
    select id, place from office_rule where entity_id = %(entity)s and active and place >= %(place)s
        and exists (select 1 from office_rule as same
            where same.entity_id = %(entity)s and same.active and same.place = %(place)s)
    for update
)
update office_rule as r
set place = r.place + 1, version = r.version + 1
from later
where r.entity_id = %(entity)s and r.id = later.id;

-- Released runs whose certificate does not add up.
select 'collections.run' as check, 'run ' || r.id as subject, 'its certificate does not add up' as detail
from collections_run as r
where r.entity_id = %(entity)s and r.state = 'released' and not (r.certificate ->> 'adds_up')::boolean
limit 100;

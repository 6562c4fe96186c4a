-- The letters of a run that is planned and not released are as a person decided.
update collections_letter as l
set state = %(target)s, why = %(why)s, decided_by = %(by)s
from collections_run as r
where l.entity_id = %(entity)s and l.id = any(%(ids)s) and l.state = %(source)s
    and r.entity_id = l.entity_id and r.id = l.run_id and r.state = 'planned';

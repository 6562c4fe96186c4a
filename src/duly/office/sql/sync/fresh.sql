-- The kinds of held things that are no work yet.
select distinct h.kind
from staged_held as h
where not exists (
    select 1 from office_work as w
    where w.entity_id = %(entity)s and w.kind = h.kind and w.subject_kind = h.subject_kind
        and w.subject_id = h.subject_id and w.state in ('open', 'claimed', 'pended'));

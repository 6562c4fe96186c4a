-- These drafts are dismissed, or billable again; the guard lets only one of two people do it.
with wanted as (
    select id from invoicing_charge
    where entity_id = %(entity)s and id = any(%(ids)s)
        and (dismissed_by is null) = (%(dismissed_by)s::text is not null)
    order by account_id, id
    for update
)
update invoicing_charge as c
set dismissed_by = %(dismissed_by)s, note = %(note)s
from wanted as w
where c.entity_id = %(entity)s and c.id = w.id;

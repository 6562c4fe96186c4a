-- These surprises are decided; the guard lets only one of two people do it.
with wanted as (
    select id from invoicing_surprise
    where entity_id = %(entity)s and id = any(%(ids)s) and state = any(%(sources)s::text[])
    order by id
    for update
)
update invoicing_surprise as s
set state = %(state)s, note = %(note)s,
    decided_by = case when %(state)s = 'open' then null else %(decided_by)s end,
    decided_at = case when %(state)s = 'open' then null else %(at)s::timestamptz end
from wanted as w
where s.entity_id = %(entity)s and s.id = w.id
returning s.id, s.account_id, s.sentence;

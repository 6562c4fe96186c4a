-- The changes of an agreement, newest first.
select id, effective_on, kind, after::json as after, reason, made_by, recorded_at, undone_at
from commercial_amendment
where entity_id = %(entity)s and agreement_id = %(agreement)s
order by id desc;

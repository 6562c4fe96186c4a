-- For each named entry its mirror is staged: the same source under another kind, reversing it, never dated before it.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, reverses_id, actor_id)
select e.entity_id, %(as_kind)s, e.source_id, greatest(%(effective_on)s::date, e.effective_on), e.memo, e.id, %(actor)s
from ledger_entry as e
where e.entity_id = %(entity)s and e.source_kind = %(source_kind)s and e.source_id = any(%(source_ids)s);

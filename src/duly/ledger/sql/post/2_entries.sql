-- The staged entries are in the books.
insert into ledger_entry (entity_id, id, effective_on, source_kind, source_id, reverses_id, memo, actor_id)
select entity_id, entry_id, effective_on, source_kind, source_id, reverses_id, memo, actor_id
from staged_entry;

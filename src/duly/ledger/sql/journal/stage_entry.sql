-- The entry of a journal written by hand is staged.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select entity_id, 'journal', id, effective_on, memo, %(actor)s
from ledger_journal
where entity_id = %(entity)s and id = %(id)s;

-- Each write-off is one entry.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select %(entity)s, 'write_off', write_off_id, effective_on, %(reason)s, %(actor)s
from staged_write_off;

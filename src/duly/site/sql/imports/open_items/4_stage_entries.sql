-- Every opening item has its entry, on the day the document was issued.
insert into staged_entry (entity_id, entry_id, source_kind, source_id, effective_on, memo)
select %(entity)s, s.entry_id, 'opening', s.item_id, s.issued_on, s.number || ' from ' || %(file)s
from staged_import as s;

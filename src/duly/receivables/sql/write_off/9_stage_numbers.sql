-- The write-offs wait for their numbers.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select %(entity)s, 'write_off', write_off_id, effective_on, write_off_id from staged_write_off;

-- The transfers wait for their numbers.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select %(entity)s, 'transfer', transfer_id, effective_on, transfer_id from staged_transfer;

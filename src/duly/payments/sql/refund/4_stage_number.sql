-- The refund waits for its number.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
values (%(entity)s, 'refund', %(refund)s, %(today)s, %(refund)s);

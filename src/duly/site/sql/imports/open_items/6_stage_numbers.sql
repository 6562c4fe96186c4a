-- Every opening item keeps the number it had.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place, given)
select %(entity)s, 'opening', item_id, issued_on, line, number from staged_import;

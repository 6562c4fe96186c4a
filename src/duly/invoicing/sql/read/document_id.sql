-- The document of a number.
select document_id from receivables_number
where entity_id = %(entity)s and number = %(number)s and document_kind in ('invoice', 'credit_note');

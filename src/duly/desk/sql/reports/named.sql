-- Which document a number is of.
select document_kind, document_id, number from receivables_number
where entity_id = %(entity)s and number = %(number)s;

-- The number of a document.
select number from receivables_number
where entity_id = %(entity)s and document_kind = any(%(kinds)s) and document_id = %(id)s
order by document_kind
limit 1;

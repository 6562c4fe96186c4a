-- The open item of an invoice.
select id, amount_minor from receivables_item
where entity_id = %(entity)s and kind = 'invoice' and document_id = %(id)s;

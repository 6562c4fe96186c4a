-- The invoice behind an item.
select document_id from receivables_item where entity_id = %(entity)s and id = %(item)s and kind = 'invoice';

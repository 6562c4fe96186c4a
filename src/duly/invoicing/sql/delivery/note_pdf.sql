-- The document knows the file it was drawn into.
update invoicing_invoice set pdf_hash = %(pdf_hash)s where entity_id = %(entity)s and id = %(id)s;

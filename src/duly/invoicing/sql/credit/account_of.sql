-- The account of a document.
select account_id from invoicing_invoice where entity_id = %(entity)s and id = %(id)s;

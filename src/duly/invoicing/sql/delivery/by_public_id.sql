-- The document of a public id.
select id from invoicing_invoice where entity_id = %(entity)s and public_id = %(public_id)s::uuid;

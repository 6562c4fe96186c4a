-- The paper of a public id.
select id from collections_statement where entity_id = %(entity)s and public_id = %(public_id)s::uuid;

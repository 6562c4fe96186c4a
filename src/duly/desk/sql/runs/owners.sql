-- Whose accounts these are now.
select id, owner_id from receivables_account where entity_id = %(entity)s and id = any(%(ids)s);

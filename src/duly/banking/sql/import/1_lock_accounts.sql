-- Imports of one bank account follow each other.
select id from banking_account where entity_id = %(entity)s and id = any(%(ids)s) order by id for update;

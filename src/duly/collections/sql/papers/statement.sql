-- A statement that was made.
select account_id, currency, from_on, to_on from collections_statement where entity_id = %(entity)s and id = %(id)s;

-- The account remembers how its bank writes CSV.
update banking_account set csv_mapping = %(mapping)s::jsonb where entity_id = %(entity)s and id = %(id)s;

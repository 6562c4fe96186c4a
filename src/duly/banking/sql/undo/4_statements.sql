-- The statements of the file have left the chain.
update banking_statement
set state = 'undone', chain_no = null
where entity_id = %(entity)s and file_id = %(file)s;

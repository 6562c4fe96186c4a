-- The file is taken back; the same bytes may come again.
update banking_file set state = 'undone' where entity_id = %(entity)s and id = %(file)s and state = 'imported';

-- The file says what became of it.
update banking_file
set statements = %(statements)s, quarantined = %(quarantined)s, lines_new = %(new)s, lines_known = %(known)s
where entity_id = %(entity)s and id = %(id)s;

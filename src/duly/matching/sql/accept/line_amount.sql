-- The amount of a line.
select amount_minor from banking_line where entity_id = %(entity)s and id = %(line)s;

-- The placements are taken back.
update banking_placement
set undone_on = %(today)s
where entity_id = %(entity)s and line_id = any(%(ids)s) and undone_on is null;

-- What takes the last act on a case back.
select undo from matching_case where entity_id = %(entity)s and id = %(id)s and undo is not null;

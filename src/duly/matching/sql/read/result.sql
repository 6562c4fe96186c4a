-- Where a line stands on the desk.
select state, sentence from matching_result where entity_id = %(entity)s and line_id = %(line)s;

-- A number known by its last digits is evidence like any other.
insert into match_evidence (line_id, kind, value, strength)
select line_id, 'number_tail', number, 1 from match_candidate where cited_by = 'number_tail';

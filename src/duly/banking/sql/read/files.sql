-- A page of the import history, newest first, with how many lines of each file are placed.
select f.id, f.name, f.format, f.sha256, f.size_bytes, f.statements, f.quarantined, f.lines_new, f.lines_known,
    (
        select count(*)
        from banking_statement as s
        join banking_line as l on l.entity_id = s.entity_id and l.statement_id = s.id and l.state = 'placed'
        where s.entity_id = f.entity_id and s.file_id = f.id) as lines_placed,
    f.state, f.by_name, f.at
from banking_file as f
where f.entity_id = %(entity)s and (%(before)s::bigint is null or f.id < %(before)s)
order by f.id desc
limit %(limit)s;

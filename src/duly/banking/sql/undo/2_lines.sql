-- The lines of the file are as if never seen; a line placed a moment ago is not touched.
update banking_line as l
set state = 'undone', version = l.version + 1
from banking_statement as s
where s.entity_id = %(entity)s and s.file_id = %(file)s and l.entity_id = s.entity_id and l.statement_id = s.id
    and l.state in ('open', 'quarantined');

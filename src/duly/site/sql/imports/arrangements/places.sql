-- The lines of the file that belong to these agreements.
select line, place
from (select line, min(line) over (partition by agreement) as place from staged_import) as rows
where place = any(%(places)s)
order by line;

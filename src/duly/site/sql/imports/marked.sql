-- Staged rows that cannot be taken in, in the order of the file.
select line, raw, problem, coalesce(remedy, '') as remedy from staged_import where problem is not null order by line;

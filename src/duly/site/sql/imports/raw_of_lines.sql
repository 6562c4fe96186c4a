-- The cells of these lines as they stood in the file.
select line, raw from staged_import where line = any(%(lines)s) order by line;

-- The staged ledger accounts in the order of the file.
select line, code, name, type, control, parent_code from staged_import order by line;

-- Only good rows are left.
delete from staged_import where problem is not null;

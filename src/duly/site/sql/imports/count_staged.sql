-- How many good rows there are.
select count(*) from staged_import;

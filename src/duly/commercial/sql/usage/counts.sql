-- How many of the staged events repeat what is known.
select count(*) from staged_usage where repeated and problem is null;

-- The write-offs just staged.
select write_off_id as id from staged_write_off order by write_off_id;

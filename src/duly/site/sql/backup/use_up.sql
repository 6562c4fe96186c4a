-- So many transaction numbers are behind us.
select pg_temp.use_up(%(numbers)s);

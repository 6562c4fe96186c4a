-- How many rows are taken.
select count(*) from staged_gl_account where fault = '';

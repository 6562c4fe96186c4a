-- How many lines are about to be placed.
select count(distinct line_id) from accepting;

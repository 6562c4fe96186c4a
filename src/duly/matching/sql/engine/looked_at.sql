-- How many lines this round looked at.
select count(*) from match_line;

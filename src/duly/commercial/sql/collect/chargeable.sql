-- How many of the wanted charges are to be staged.
select count(*) from commercial_wanted where not settled and net_minor is distinct from 0;

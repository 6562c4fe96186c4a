-- The different situations among those asked about.
select distinct facts from staged_ask where facts is not null;

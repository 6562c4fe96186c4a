-- What is committed at this moment: work that appears later is not judged by what was read before.
select pg_current_snapshot()::text;

-- A function of this connection that takes so many transaction numbers: each block with a handler is a
-- subtransaction, and the row it writes makes it take a number.
create or replace function pg_temp.use_up(numbers int) returns void language plpgsql as $$
begin
    create temp table if not exists used_up (n int);
    for n in 1..numbers loop
        begin
            insert into used_up values (n);
        exception when division_by_zero then
            raise;
        end;
    end loop;
    truncate used_up;
end $$;

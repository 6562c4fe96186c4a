-- The segment's rule of statements.
insert into collections_statement_rule (entity_id, segment, every, day, only_when)
values (%(entity)s, %(segment)s, %(every)s, %(day)s, %(only_when)s)
on conflict (entity_id, segment) do update
set every = excluded.every, day = excluded.day, only_when = excluded.only_when;

-- Both segments have a rule of when statements of account are due.
insert into collections_statement_rule (entity_id, segment, every, day, only_when)
values (%(entity)s, 'business', 'month', 1, 'open'), (%(entity)s, 'consumer', 'quarter', 1, 'open')
on conflict do nothing;

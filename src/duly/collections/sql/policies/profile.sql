-- What differs from the rule for the account.
insert into collections_profile (entity_id, account_id, segment, statement_every)
values (%(entity)s, %(account)s, %(segment)s, %(every)s)
on conflict (entity_id, account_id) do update
set segment = excluded.segment, statement_every = excluded.statement_every;

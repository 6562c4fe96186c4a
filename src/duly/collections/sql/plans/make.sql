-- A plan runs.
insert into collections_plan (entity_id, account_id, currency, amount_minor, grace_days, starts_on, note, made_by, made_at)
values (%(entity)s, %(account)s, %(currency)s, %(amount)s, %(grace_days)s, %(starts_on)s, %(note)s, %(by)s, %(at)s)
returning id;

-- A practice is in force from a day on.
insert into matching_allowance (entity_id, kind, account_id, rate, days, grace_days, amount_minor, currency, note,
    valid_from, made_by)
values (%(entity)s, %(kind)s, %(account)s, %(rate)s, %(days)s, %(grace_days)s, %(amount_minor)s, %(currency)s, %(note)s,
    %(valid_from)s, %(by)s)
returning id;

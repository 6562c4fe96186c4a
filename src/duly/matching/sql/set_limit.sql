-- The office's own limit for first payments from a bank account.
insert into matching_policy (entity_id, currency, first_payment_limit_minor)
values (%(entity)s, %(currency)s, %(limit_minor)s)
on conflict (entity_id, currency) do update set first_payment_limit_minor = excluded.first_payment_limit_minor;

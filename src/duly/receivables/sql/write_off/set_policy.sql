-- From that day on the rule is this one; what counted before stays on record.
insert into receivables_small_balance (entity_id, currency, limit_minor, older_than_days, valid_from, by_name, at)
values (%(entity)s, %(currency)s, %(limit_minor)s, %(days)s, %(valid_from)s, %(by)s, %(at)s)
returning id;

-- What an hour costs from a day on; the same day said again is corrected.
insert into reports_cost_rate (entity_id, user_id, currency, hour_minor, valid_from, made_by)
values (%(entity)s, %(user)s, %(currency)s, %(hour_minor)s, %(valid_from)s, %(by)s)
on conflict (entity_id, coalesce(user_id, 0), currency, valid_from) do update
set hour_minor = excluded.hour_minor, made_by = excluded.made_by
returning id;

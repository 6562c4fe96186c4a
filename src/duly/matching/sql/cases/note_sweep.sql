-- The whole office was swept now, its documents on this day when they were part of it.
insert into matching_case_sweep as s (entity_id, swept_at, bills_on) values (%(entity)s, %(at)s, %(bills_on)s)
on conflict (entity_id) do update set swept_at = excluded.swept_at, bills_on = coalesce(excluded.bills_on, s.bills_on);

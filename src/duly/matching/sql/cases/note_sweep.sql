-- The whole office was swept now.
insert into matching_case_sweep (entity_id, swept_at) values (%(entity)s, %(at)s)
on conflict (entity_id) do update set swept_at = excluded.swept_at;

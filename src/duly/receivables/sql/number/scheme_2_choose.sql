-- This scheme is the current one; those used before stay known.
insert into receivables_reference_scheme (entity_id, scheme, is_current)
values (%(entity)s, %(scheme)s, true)
on conflict (entity_id, scheme) do update set is_current = true;

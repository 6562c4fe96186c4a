-- The agency is known.
insert into collections_agency (entity_id, name, email, reference)
values (%(entity)s, %(name)s, %(email)s, %(reference)s)
on conflict (entity_id, name) do update set email = excluded.email, reference = excluded.reference, active = true
returning id;

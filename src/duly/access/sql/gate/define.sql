-- A gate of this name exists.
insert into access_gate (entity_id, name, covers)
values (%(entity)s, %(name)s, %(covers)s)
on conflict (entity_id, name) do update set covers = excluded.covers;

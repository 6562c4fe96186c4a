-- The mapping is remembered for files with this header.
insert into access_import_mapping (entity_id, kind, header_hash, mapping, at)
values (%(entity)s, %(kind)s, %(header)s, %(mapping)s::jsonb, %(at)s)
on conflict (entity_id, kind, header_hash) do update set mapping = excluded.mapping, at = excluded.at;

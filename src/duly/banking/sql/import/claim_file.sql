-- The file is ours to take in unless the same bytes were before; the unique index decides between two who try.
insert into banking_file (entity_id, name, format, sha256, size_bytes, by_id, by_name, at)
values (%(entity)s, %(name)s, %(format)s, %(sha256)s, %(size)s, %(by_id)s, %(by_name)s, %(at)s)
on conflict (entity_id, sha256) where state = 'imported' do nothing
returning id;

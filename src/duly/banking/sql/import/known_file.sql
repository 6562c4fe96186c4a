-- The file with these bytes that was taken in before, and what to say about it.
select id, name, format,
    'this file was taken in on ' || to_char(at, 'YYYY-MM-DD HH24:MI') || ' UTC by ' || by_name
    || case when name <> '' then ' as ' || name else '' end || '; nothing was changed' as said
from banking_file
where entity_id = %(entity)s and sha256 = %(sha256)s and state = 'imported';

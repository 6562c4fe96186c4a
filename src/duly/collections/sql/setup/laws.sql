-- The shipped law packs are there; rules the office has already stay as they are.
insert into collections_law (entity_id, pack, code, kind, person_kinds, countries, regions, channels, purposes, params,
    source, valid_from)
select %(entity)s, l.pack, l.code, l.kind, coalesce(l.person_kinds, '{}'), coalesce(l.countries, '{}'),
    coalesce(l.regions, '{}'), coalesce(l.channels, '{}'), coalesce(l.purposes, '{}'), l.params, l.source, l.valid_from
from jsonb_to_recordset(%(laws)s::jsonb) as l (pack text, code text, kind text, person_kinds text[], countries text[],
    regions text[], channels text[], purposes text[], params jsonb, source text, valid_from date)
on conflict do nothing;

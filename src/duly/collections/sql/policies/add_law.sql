-- The law pack has the rule.
insert into collections_law (entity_id, pack, code, kind, person_kinds, countries, regions, channels, purposes, params, source,
    valid_from)
values (%(entity)s, %(pack)s, %(code)s, %(kind)s, %(person_kinds)s::text[], %(countries)s::text[], %(regions)s::text[],
    %(channels)s::text[], %(purposes)s::text[], %(params)s::jsonb, %(source)s, %(valid_from)s)
returning id;

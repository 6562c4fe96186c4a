-- The shipped rates of late payment are there.
insert into collections_late_rate (entity_id, law, person_kind, valid_from, base_rate, points, lump_minor, lump_currency,
    source)
select %(entity)s, r.law, r.person_kind, r.valid_from, r.base_rate, r.points, r.lump_minor, r.lump_currency, r.source
from jsonb_to_recordset(%(rates)s::jsonb) as r (law text, person_kind text, valid_from date, base_rate numeric,
    points numeric, lump_minor bigint, lump_currency char(3), source text)
on conflict do nothing;

-- A series exists for every kind and year that is about to be numbered.
insert into receivables_series (entity_id, document_kind, year, prefix, kind_digit)
select distinct %(entity)s, s.document_kind, extract(year from s.issued_on)::int,
    shape.prefix || '-' || extract(year from s.issued_on)::int || '-', shape.digit
from staged_number as s
join unnest(%(kinds)s::text[], %(prefixes)s::text[], %(digits)s::int[]) as shape (kind, prefix, digit)
    on shape.kind = s.document_kind
where not exists (
    select 1 from receivables_series as r
    where r.entity_id = %(entity)s and r.document_kind = s.document_kind
        and r.year = extract(year from s.issued_on)::int)
on conflict do nothing;

-- Every staged document has the next number of its series and a payment reference (ISO 11649 RF) made from it.
with counted as (
    select document_kind, extract(year from issued_on)::int as year, count(*) as documents
    from staged_number group by 1, 2
),
taken as (
    update receivables_series as r
    set next_seq = r.next_seq + c.documents
    from counted as c
    where r.entity_id = %(entity)s and r.document_kind = c.document_kind and r.year = c.year
    returning r.id, r.document_kind, r.year, r.prefix, r.width, r.kind_digit, r.next_seq - c.documents as first_seq
),
placed as (
    select s.entity_id, s.document_kind, s.document_id, s.given, t.id as series_id, t.prefix, t.width, t.kind_digit, t.year,
        t.first_seq - 1 + row_number() over (partition by t.id order by s.place) as seq
    from staged_number as s
    join taken as t on t.document_kind = s.document_kind and t.year = extract(year from s.issued_on)::int
)
insert into receivables_number (entity_id, series_id, seq, document_kind, document_id, number, reference)
select entity_id, series_id, seq, document_kind, document_id,
    coalesce(given, prefix || lpad(seq::text, greatest(width, length(seq::text)), '0')),
    duly_rf_reference(kind_digit::text || year::text || lpad(seq::text, greatest(width, length(seq::text)), '0'))
from placed;

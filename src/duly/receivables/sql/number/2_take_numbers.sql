-- Every staged document has the next number of its series and a payment reference made from it: ISO 11649 (RF), or by
-- the scheme the entity has chosen.
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
    case coalesce((
            select c.scheme from receivables_reference_scheme as c
            where c.entity_id = %(entity)s and c.is_current), 'RF')
        when 'RF' then duly_rf_reference(
            kind_digit::text || year::text || lpad(seq::text, greatest(width, length(seq::text)), '0'))
        else duly_national_reference((
            select c.scheme from receivables_reference_scheme as c
            where c.entity_id = %(entity)s and c.is_current), kind_digit, year, seq, width)
        end
from placed;

-- Our own payment references: in the field of their own, or anywhere in the text, however it was cut into chunks.
insert into match_evidence (line_id, kind, value, document_kind, document_id, strength)
select distinct l.line_id, 'reference', n.reference, n.document_kind, n.document_id, 3
from match_line as l
cross join lateral (
    select l.reference as found where l.reference <> ''
    union all
    select left(m[1], size)
    from regexp_matches(l.joined || ' ' || l.reference, '(RF[0-9]{2}[0-9]{1,21})', 'g') as m
    cross join unnest(%(lengths)s::int[]) as size
    where l.joined like '%%RF%%'
) as r
join receivables_number as n on n.entity_id = %(entity)s and n.reference = r.found;

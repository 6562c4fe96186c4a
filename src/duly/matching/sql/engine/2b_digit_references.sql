-- Our own references made of digits alone (Belgian, Swiss, Norwegian, Finnish): in any run of digits of the text, with or
-- without its separators. Only what our own register holds counts, so a date or an amount beside it does no harm.
insert into match_evidence (line_id, kind, value, document_kind, document_id, strength)
select distinct l.line_id, 'reference', n.reference, n.document_kind, n.document_id, 3
from match_line as l
cross join lateral (
    select regexp_replace(m[1], '[^0-9]', '', 'g') as digits
    from regexp_matches(l.words, '((?:[0-9][ /.+*-]{0,3})+)', 'g') as m
) as r
cross join unnest(%(lengths)s::int[]) as size
cross join generate_series(1, length(r.digits) - size + 1) as place
join receivables_number as n on n.entity_id = %(entity)s and n.reference = substr(r.digits, place, size)
where not exists (
    select 1 from match_evidence as e
    where e.line_id = l.line_id and e.kind = 'reference' and e.document_kind = n.document_kind
        and e.document_id = n.document_id);

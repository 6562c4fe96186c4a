-- Numbers of our own series: printed between boundaries, or split by separators where the prefix has letters.
insert into match_evidence (line_id, kind, value, document_kind, document_id, strength)
select line_id, case max(strength) when 2 then 'number' else 'number_joined' end, number, document_kind, document_id,
    max(strength)
from (
    select l.line_id, n.number, n.document_kind, n.document_id, found.strength
    from match_line as l
    cross join unnest(%(kinds)s::text[], %(prefixes)s::text[], %(widths)s::int[], %(bounded)s::text[], %(spaced)s::text[])
        as s (document_kind, prefix, width, bounded, spaced)
    cross join lateral (
        select m[1] as digits, 2 as strength from regexp_matches(l.words, s.bounded, 'g') as m
        union all
        select regexp_replace(m[1], '[^0-9]', '', 'g'), 1
        from regexp_matches(l.words, s.spaced, 'g') as m
        where s.spaced <> ''
    ) as found
    join receivables_number as n
        on n.entity_id = %(entity)s and n.document_kind = s.document_kind
        and n.number = s.prefix || lpad(ltrim(found.digits, '0'), greatest(s.width, length(ltrim(found.digits, '0'))), '0')
    where l.joined like '%%' || regexp_replace(upper(s.prefix), '[^0-9A-Z]+', '', 'g') || '%%'
        or l.words like '%%' || upper(s.prefix) || '%%'
) as numbers
group by line_id, number, document_kind, document_id;

-- Series with a gap, or with a number the counter has not given out.
select s.document_kind || ' ' || s.year as subject,
    coalesce(n.numbers, 0) || ' numbers where the counter has given out ' || s.next_seq - 1 as detail
from receivables_series as s
left join (
    select series_id, count(*) as numbers, min(seq) as first, max(seq) as last
    from receivables_number
    where entity_id = %(entity)s
    group by series_id
) as n on n.series_id = s.id
where s.entity_id = %(entity)s
    and (coalesce(n.numbers, 0) <> s.next_seq - 1 or n.first <> 1 or n.last <> s.next_seq - 1)
limit 100;

-- How the numbers of each series begin and how long they are.
select s.document_kind, s.year, s.prefix, s.width, s.next_seq
from receivables_series as s
where s.entity_id = %(entity)s
order by s.document_kind, s.year;

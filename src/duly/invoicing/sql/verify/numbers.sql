-- Numbers of documents with a gap or without a document, and documents without a number.
select 'series ' || s.prefix as subject,
    'next is ' || s.next_seq || ', there are ' || count(n.seq) || ' numbers up to ' || coalesce(max(n.seq), 0) as detail
from receivables_series as s
left join receivables_number as n on n.entity_id = s.entity_id and n.series_id = s.id
where s.entity_id = %(entity)s and s.document_kind in ('invoice', 'credit_note')
group by s.prefix, s.next_seq
having count(n.seq) <> s.next_seq - 1 or coalesce(max(n.seq), 0) <> s.next_seq - 1
union all
select coalesce(v.kind, n.document_kind) || ' ' || coalesce(v.id, n.document_id),
    case when v.id is null then 'the number ' || n.number || ' has no document' else 'has no number' end
from (select kind, id from invoicing_invoice where entity_id = %(entity)s) as v
full join (
    select document_kind, document_id, number
    from receivables_number
    where entity_id = %(entity)s and document_kind in ('invoice', 'credit_note')
) as n on n.document_kind = v.kind and n.document_id = v.id
where v.id is null or n.document_id is null
limit 20;

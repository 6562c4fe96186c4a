-- Every receipt has a number.
select 'payments.number' as check, 'receipt ' || r.id as subject, 'has no number' as detail
from payments_receipt as r
left join receivables_number as n
    on n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
where r.entity_id = %(entity)s and n.document_id is null
limit 100;

-- Who sold to whom, and the document this one refers to: the corrected one, else the first it takes back from, else the
-- account's last invoice before it.
select s.content as seller, v.buyer, n.number as preceding_number, p.issued_on as preceding_on, v.pdf_hash
from invoicing_invoice as v
join invoicing_seller as s on s.entity_id = v.entity_id and s.id = v.seller_id
left join lateral (
    select coalesce(v.corrects_id, (
            select min(l.reverses_invoice_id) from invoicing_line as l
            where l.entity_id = v.entity_id and l.invoice_id = v.id),
        case when v.kind = 'credit_note' then (
            select max(b.id) from invoicing_invoice as b
            where b.entity_id = v.entity_id and b.account_id = v.account_id and b.kind = 'invoice' and b.id < v.id)
        end) as id
) as before on v.kind = 'credit_note' or v.corrects_id is not null
left join invoicing_invoice as p on p.entity_id = v.entity_id and p.id = before.id
left join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = p.kind and n.document_id = before.id
where v.entity_id = %(entity)s and v.id = %(id)s;

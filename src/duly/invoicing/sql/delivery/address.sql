-- Where a document goes: the address of its buyer when it was issued, or the account's of today.
select v.public_id::text as public_id, v.account_id, coalesce(nullif(a.billing_email, ''), v.buyer ->> 'email', '') as to_address,
    a.delivery, n.number
from invoicing_invoice as v
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
where v.entity_id = %(entity)s and v.id = %(id)s;

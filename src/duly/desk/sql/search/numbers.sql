-- Documents by number, by number without its leading zeros, or by payment reference, with whose they are.
select n.document_kind as kind, n.document_id as id, n.number, n.reference,
    coalesce(v.issued_on, r.received_on) as on_day, coalesce(v.total_minor, r.amount_minor) as amount_minor,
    coalesce(v.currency, r.currency) as currency, a.number as account_number, a.name as account_name
from receivables_number as n
left join invoicing_invoice as v on v.entity_id = n.entity_id and v.id = n.document_id
    and n.document_kind in ('invoice', 'credit_note')
left join payments_receipt as r on r.entity_id = n.entity_id and r.id = n.document_id and n.document_kind = 'receipt'
left join receivables_account as a on a.entity_id = n.entity_id and a.id = coalesce(v.account_id, r.account_id)
where n.entity_id = %(entity)s
    and (n.number = upper(%(q)s) or n.number = any(%(padded)s::text[]) or n.reference = %(bare)s)
    and (v.id is not null or r.id is not null)
order by n.number
limit %(limit)s;

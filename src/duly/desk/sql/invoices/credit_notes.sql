-- Credit notes, newest first, by the register of numbers (they are few among the invoices).
select v.id, v.kind, n.number, v.account_id, a.number as account_number, a.name as account_name, v.currency,
    v.issued_on, v.due_on, v.net_minor, v.tax_minor, v.total_minor, v.po_number, v.run_id, v.delivery,
    null::text as corrects_number, null::text as voided_by_number, i.open_minor, (
        select o.state from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
        order by o.id desc limit 1) as delivery_state
from receivables_number as n
join invoicing_invoice as v on v.entity_id = n.entity_id and v.id = n.document_id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
left join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
where n.entity_id = %(entity)s and n.document_kind = 'credit_note'
    and (%(account)s::bigint is null or v.account_id = %(account)s)
    and (%(run)s::bigint is null or v.run_id = %(run)s)
    and (%(from_on)s::date is null or v.issued_on >= %(from_on)s)
    and (%(to_on)s::date is null or v.issued_on <= %(to_on)s)
    and (%(after_id)s::bigint is null or n.document_id < %(after_id)s)
order by n.document_id desc
limit %(limit)s;

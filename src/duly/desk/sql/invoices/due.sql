-- Documents with something open, or open after their due day: the earliest due day first, by the index of open items.
select v.id, v.kind, n.number, v.account_id, a.number as account_number, a.name as account_name, v.currency,
    v.issued_on, v.due_on, v.net_minor, v.tax_minor, v.total_minor, v.po_number, v.run_id, v.delivery,
    null::text as corrects_number, null::text as voided_by_number, i.open_minor, (
        select o.state from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
        order by o.id desc limit 1) as delivery_state
from receivables_item as i
join invoicing_invoice as v on v.entity_id = i.entity_id and v.id = i.document_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
where i.entity_id = %(entity)s and i.open_minor <> 0 and i.kind in ('invoice', 'credit_note')
    and (%(due_before)s::date is null or (i.due_on < %(due_before)s and i.kind = 'invoice'))
    and (%(kind)s::text is null or i.kind = %(kind)s)
    and (%(account)s::bigint is null or i.account_id = %(account)s)
    and (%(run)s::bigint is null or v.run_id = %(run)s)
    and (%(from_on)s::date is null or v.issued_on >= %(from_on)s)
    and (%(to_on)s::date is null or v.issued_on <= %(to_on)s)
    and (%(after_id)s::bigint is null or (i.due_on, i.id) > (
        %(after)s::date, (
            select c.id from receivables_item as c
            where c.entity_id = %(entity)s and c.kind in ('invoice', 'credit_note') and c.document_id = %(after_id)s)))
order by i.due_on, i.id
limit %(limit)s;

-- One document by its id.
select v.id, v.public_id::text as public_id, v.kind, n.number, n.reference, v.account_id, a.number as account_number,
    a.name as account_name, v.currency, v.issued_on, v.due_on, v.period_from, v.period_to, v.net_minor, v.tax_minor,
    v.total_minor, v.po_number, v.language, v.run_id, v.reason, v.delivery, v.corrects_id,
    (select c.number from receivables_number as c
        where c.entity_id = v.entity_id and c.document_kind in ('invoice', 'credit_note') and c.document_id = v.corrects_id)
        as corrects_number,
    v.voided_by_id,
    (select c.number from receivables_number as c
        where c.entity_id = v.entity_id and c.document_kind = 'credit_note' and c.document_id = v.voided_by_id)
        as voided_by_number,
    i.id as item_id, i.open_minor, i.closed_on,
    (select o.state from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
        order by o.id desc limit 1) as delivery_state,
    v.created_at
from invoicing_invoice as v
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
left join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
where v.entity_id = %(entity)s and v.id = %(id)s;

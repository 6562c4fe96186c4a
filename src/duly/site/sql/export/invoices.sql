-- Every document of the days asked for with what is open of it now and how its last sending went.
select n.number, v.kind, a.number as account, a.name, v.issued_on, v.due_on, v.period_from, v.period_to, v.currency,
    v.net_minor as net, v.tax_minor as tax, v.total_minor as total, i.open_minor as open, i.closed_on, n.reference,
    v.po_number, v.reason, c.number as corrects, w.number as voided_by, v.run_id as run,
    (select o.state from events_outbox as o
        where o.entity_id = v.entity_id and o.subject_kind = 'invoice' and o.subject_id = v.id
        order by o.id desc limit 1) as delivery
from invoicing_invoice as v
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = v.kind and n.document_id = v.id
left join receivables_item as i on i.entity_id = v.entity_id and i.kind = v.kind and i.document_id = v.id
left join receivables_number as c
    on c.entity_id = v.entity_id and c.document_kind = 'invoice' and c.document_id = v.corrects_id
left join receivables_number as w
    on w.entity_id = v.entity_id and w.document_kind = 'credit_note' and w.document_id = v.voided_by_id
where v.entity_id = %(entity)s and v.issued_on between %(from_on)s and %(to_on)s
order by v.id;

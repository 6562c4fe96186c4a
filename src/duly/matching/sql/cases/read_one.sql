-- One case.
select c.id, c.subject, c.kind, c.favours, c.account_id, a.number as account_number, a.name as account_name, c.item_id,
    i.kind as item_kind, n.number as item_number, c.line_id, c.receipt_id, m.number as receipt_number, c.invoice_id,
    c.invoice_line, c.amount_minor, c.currency, c.happened_on, c.sentence, c.facts, c.cause, k.cause as likely, c.resolution,
    c.note, c.state, c.waiting_on, c.owner_id, c.opened_on, c.due_on, c.opened_times, c.resolved_on, c.resolved_by, c.version
from matching_case as c
left join receivables_account as a on a.entity_id = c.entity_id and a.id = c.account_id
left join receivables_item as i on i.entity_id = c.entity_id and i.id = c.item_id
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' else i.kind end
left join receivables_number as m
    on m.entity_id = c.entity_id and m.document_kind = 'receipt' and m.document_id = c.receipt_id
left join matching_case_cause as k on k.entity_id = c.entity_id and k.case_id = c.id and k.rank = 1
where c.entity_id = %(entity)s and c.id = %(id)s;

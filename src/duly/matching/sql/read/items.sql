-- The items of everything proposed for a line, with what was open then and is open now.
select i.proposal_id, i.item_id, o.kind, o.document_id, n.number, o.due_on, i.open_minor as open_then_minor,
    o.open_minor as open_now_minor, i.amount_minor, g.code as gl_code
from matching_proposal as p
join matching_proposal_item as i on i.entity_id = p.entity_id and i.proposal_id = p.id
join receivables_item as o on o.entity_id = i.entity_id and o.id = i.item_id
join ledger_account as g on g.entity_id = o.entity_id and g.id = o.gl_account_id
left join receivables_number as n
    on n.entity_id = o.entity_id and n.document_id = o.document_id
    and n.document_kind = case o.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else o.kind end
where p.entity_id = %(entity)s and p.line_id = %(line)s
order by i.proposal_id, o.due_on, o.id;

-- Which money a refund gives back.
select x.item_id, i.kind, i.document_id, coalesce(n.number, '') as number, x.amount_minor, -i.open_minor as open_minor
from payments_refund_item as x
join receivables_item as i on i.entity_id = x.entity_id and i.id = x.item_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where x.entity_id = %(entity)s and x.refund_id = %(id)s
order by x.item_id;

-- What a receipt settles, and what it settled before that was taken back.
select a.id as allocation_id, other.id as item_id, other.kind as item_kind, other.document_id, n.number,
    a.amount_minor, a.currency, a.effective_on, m.id is not null as taken_back, a.reason
from receivables_item as own
join receivables_allocation as a
    on a.entity_id = own.entity_id and (a.credit_item_id = own.id or a.debit_item_id = own.id) and a.amount_minor > 0
join receivables_item as other
    on other.entity_id = own.entity_id
    and other.id = case when a.credit_item_id = own.id then a.debit_item_id else a.credit_item_id end
left join receivables_allocation as m on m.entity_id = a.entity_id and m.reverses_id = a.id
left join receivables_number as n
    on n.entity_id = other.entity_id and n.document_id = other.document_id
    and n.document_kind = case other.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else other.kind end
where own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = %(id)s
order by a.id;

-- Receipt and mirror settle each other, so both items are closed.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select s.entity_id,
    case when s.amount_minor < 0 then s.item_id else own.id end,
    case when s.amount_minor < 0 then own.id else s.item_id end,
    abs(s.amount_minor), 'receipt reversed'
from staged_receipt as s
join receivables_item as own
    on own.entity_id = s.entity_id and own.kind = 'payment' and own.document_id = s.reverses_id
where s.entity_id = %(entity)s;

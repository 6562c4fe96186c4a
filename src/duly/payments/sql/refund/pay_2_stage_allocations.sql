-- What goes out is settled by the money it was asked for.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, s.item_id, x.item_id, x.amount_minor, 'refunded'
from staged_receipt as s
join payments_refund_item as x
    on x.entity_id = %(entity)s and s.source_key = 'refund:' || x.refund_id || ':' || %(file)s;

-- Money that came back settles the receipt it came from, so neither is open.
insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor, reason)
select %(entity)s, r.item_id, own.id, least(-a.amount_minor, -own.open_minor), 'returned by the bank'
from accepting as a
join staged_receipt as r on r.source_key = 'bank-line:' || a.placement_id
join receivables_item as own
    on own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = a.returns_receipt_id
where own.open_minor < 0;

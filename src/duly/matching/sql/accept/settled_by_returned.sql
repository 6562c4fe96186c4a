-- What the receipts that came back settle at this moment (their items are locked).
select s.id
from accepting as a
join receivables_item as own
    on own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = a.returns_receipt_id
join receivables_allocation as s on s.entity_id = own.entity_id and s.credit_item_id = own.id and s.amount_minor > 0
where not exists (
    select 1 from receivables_allocation as m where m.entity_id = s.entity_id and m.reverses_id = s.id)
order by s.id;

-- What the receipts settle at this moment (their items are locked).
select a.id
from receivables_item as own
join receivables_allocation as a
    on a.entity_id = own.entity_id and (a.credit_item_id = own.id or a.debit_item_id = own.id)
where own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = any(%(ids)s)
    and a.amount_minor > 0
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
order by a.id;

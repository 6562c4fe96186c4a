-- What the receipt settles at this moment in the order it was applied.
select a.id, a.debit_item_id, a.credit_item_id, a.amount_minor, d.kind as debit_kind
from receivables_item as own
join receivables_allocation as a
    on a.entity_id = own.entity_id and a.credit_item_id = own.id and a.amount_minor > 0
join receivables_item as d on d.entity_id = a.entity_id and d.id = a.debit_item_id
where own.entity_id = %(entity)s and own.kind = 'payment' and own.document_id = %(id)s
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
order by a.id;

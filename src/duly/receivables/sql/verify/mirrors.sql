-- Allocations taken back by something that is not their exact mirror.
select 'allocation ' || m.id as subject, 'it is not the exact mirror of allocation ' || m.reverses_id as detail
from receivables_allocation as m
left join receivables_allocation as o on o.entity_id = m.entity_id and o.id = m.reverses_id
where m.entity_id = %(entity)s and m.reverses_id is not null
    and (o.id is null or o.amount_minor <> -m.amount_minor or o.debit_item_id <> m.debit_item_id
        or o.credit_item_id <> m.credit_item_id or o.currency <> m.currency or o.reverses_id is not null
        or m.effective_on < o.effective_on)
limit 100;

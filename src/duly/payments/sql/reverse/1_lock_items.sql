-- The items of the receipts and of everything they settle are ours until commit, in id order.
select i.id
from receivables_item as i
where i.entity_id = %(entity)s
    and i.id in (
        with own as (
            select id from receivables_item
            where entity_id = %(entity)s and kind = 'payment' and document_id = any(%(ids)s)
        )
        select id from own
        union
        select a.debit_item_id from receivables_allocation as a join own on own.id = a.credit_item_id
        where a.entity_id = %(entity)s
        union
        select a.credit_item_id from receivables_allocation as a join own on own.id = a.debit_item_id
        where a.entity_id = %(entity)s)
order by i.id
for update;

-- What the credit note settles now.
select array_agg(a.id order by a.id)
from receivables_item as i
join receivables_allocation as a on a.entity_id = i.entity_id and a.credit_item_id = i.id
where i.entity_id = %(entity)s and i.kind = 'credit_note' and i.document_id = %(id)s and a.amount_minor > 0
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id);

-- A credit note with its invoice, its item and the allocations of it that stand.
select v.corrects_id as invoice_id, i.id as item_id, -i.amount_minor as amount_minor,
    coalesce((
        select array_agg(a.id order by a.id) from receivables_allocation as a
        where a.entity_id = i.entity_id and a.credit_item_id = i.id and a.amount_minor > 0
            and not exists (
                select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
    ), '{}') as allocations
from invoicing_invoice as v
join receivables_item as i on i.entity_id = v.entity_id and i.kind = 'credit_note' and i.document_id = v.id
where v.entity_id = %(entity)s and v.id = %(id)s and v.kind = 'credit_note' and v.corrects_id is not null;

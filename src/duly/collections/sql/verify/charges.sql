-- Late charges without exactly their open item and their entry.
select 'collections.late_charge' as check, 'charge ' || c.id as subject,
    case when i.id is null then 'it is no open item' when i.amount_minor <> c.amount_minor then 'its item has another amount'
        else 'it has no entry' end as detail
from collections_charge as c
left join receivables_item as i on i.entity_id = c.entity_id and i.kind = 'late_charge' and i.document_id = c.id
left join ledger_entry as e on e.entity_id = c.entity_id and e.source_kind = 'late_charge' and e.source_id = c.id
where c.entity_id = %(entity)s and (i.id is null or i.amount_minor <> c.amount_minor or e.id is null)
limit 100;

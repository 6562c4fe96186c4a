-- An entry with the number of the document it was made for and what reverses it.
select e.id, e.source_kind, e.source_id, coalesce(n.number, '') as number, e.effective_on, e.posted_at, e.memo, e.reverses_id,
    (select r.id from ledger_entry as r where r.entity_id = e.entity_id and r.reverses_id = e.id) as reversed_by
from ledger_entry as e
left join receivables_number as n on n.entity_id = e.entity_id and n.document_kind = e.source_kind
    and n.document_id = e.source_id
where e.entity_id = %(entity)s and e.id = %(id)s;

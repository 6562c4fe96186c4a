-- Each late charge has its entry.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select s.entity_id, 'late_charge', s.document_id, s.issued_on, c.kind, %(actor)s
from staged_item as s
join collections_charge as c on c.entity_id = s.entity_id and c.id = s.document_id
where s.kind = 'late_charge';

-- A staged receipt that was there already carries the id of the one on record.
update staged_receipt as s
set receipt_id = r.id, known = true
from payments_receipt as r
where r.entity_id = s.entity_id and r.source_key = s.source_key and r.id <> s.receipt_id;

-- These documents are to be numbered in the order of their ids, each kind in its own series.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select entity_id, kind, id, issued_on, row_number() over (order by id)
from invoicing_invoice
where entity_id = %(entity)s and id = any(%(ids)s);

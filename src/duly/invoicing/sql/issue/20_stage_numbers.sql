-- The documents are to be numbered in account order, each kind in its own series.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select %(entity)s, case when net_minor + tax_minor < 0 then 'credit_note' else 'invoice' end, id, %(issued_on)s, place
from issuing_document;

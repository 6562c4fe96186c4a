-- New receipts wait for their numbers, in the order they were recorded.
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select entity_id, 'receipt', receipt_id, posted_on, receipt_id
from staged_receipt
where not known;

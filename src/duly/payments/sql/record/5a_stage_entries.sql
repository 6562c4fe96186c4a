-- Each new receipt is one entry in the books, on the day it is posted.
insert into staged_entry (entity_id, source_kind, source_id, effective_on, memo, actor_id)
select entity_id, 'receipt', receipt_id, posted_on, kind || case when payer_name <> '' then ': ' else '' end || payer_name, %(actor)s
from staged_receipt
where not known;

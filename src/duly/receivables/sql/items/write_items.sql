-- Every staged document is an open item, open in full.
insert into receivables_item (entity_id, id, account_id, kind, document_id, gl_account_id, currency, issued_on,
    due_on, amount_minor, open_minor)
select entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on,
    due_on, amount_minor, amount_minor
from staged_item
where amount_minor <> 0;

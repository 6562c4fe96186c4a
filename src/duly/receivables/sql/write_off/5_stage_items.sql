-- Each write-off is an open item on the other side of what it writes off, on the same control account.
insert into staged_item (entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select %(entity)s, write_off_item_id, account_id, 'write_off', write_off_id, control_id, currency, effective_on,
    effective_on, -side * amount_minor
from staged_write_off;

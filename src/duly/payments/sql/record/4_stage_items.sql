-- New money is an open item of the account until it is applied: owed by us, on the unapplied-cash control account.
insert into staged_item (entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select s.entity_id, s.item_id, s.account_id, 'payment', s.receipt_id, u.id, s.currency, s.posted_on, s.posted_on,
    -s.amount_minor
from staged_receipt as s
join ledger_account as u on u.entity_id = s.entity_id and u.code = %(unapplied)s
where not s.known;

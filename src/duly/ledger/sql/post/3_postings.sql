-- The staged postings are in the books, all of an entry in one statement so that its balance is checked.
insert into ledger_posting
    (entity_id, entry_id, line, gl_account_id, currency, amount_minor, effective_on, account_id, item_id)
select p.entity_id, p.entry_id, p.line, p.gl_account_id, p.currency, p.amount_minor, e.effective_on,
    p.account_id, p.item_id
from staged_posting as p
join staged_entry as e on e.entity_id = p.entity_id and e.entry_id = p.entry_id
where p.amount_minor <> 0;

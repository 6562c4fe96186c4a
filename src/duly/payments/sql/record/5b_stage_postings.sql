-- Debit where the money is (bank, undeposited), credit unapplied cash of the account.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select s.entity_id, e.entry_id, side.line, side.gl_account_id, s.currency, side.amount_minor, side.account_id,
    side.item_id
from staged_receipt as s
join staged_entry as e on e.entity_id = s.entity_id and e.source_id = s.receipt_id and e.source_kind = 'receipt'
join ledger_account as u on u.entity_id = s.entity_id and u.code = %(unapplied)s
cross join lateral (values
    (1, s.gl_account_id, s.amount_minor, null::bigint, null::bigint),
    (2, u.id, -s.amount_minor, s.account_id, s.item_id)
) as side (line, gl_account_id, amount_minor, account_id, item_id)
where not s.known;

-- What leaves one account comes to the other, on the same ledger account.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select %(entity)s, e.entry_id, leg.line, s.gl_account_id, s.currency, leg.minor, leg.account_id, leg.item_id
from staged_transfer as s
join staged_entry as e on e.source_kind = 'transfer' and e.source_id = s.transfer_id
cross join lateral (values
    (1, s.from_account_id, s.out_item_id, -s.side * s.amount_minor),
    (2, s.to_account_id, s.in_item_id, s.side * s.amount_minor)
) as leg (line, account_id, item_id, minor);

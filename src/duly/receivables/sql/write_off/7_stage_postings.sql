-- Debit the loss, credit the customer's control account; the other way round for what is in our favour.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select %(entity)s, e.entry_id, leg.line, leg.gl_account_id, s.currency, leg.minor, leg.account_id, leg.item_id
from staged_write_off as s
join staged_entry as e on e.source_kind = 'write_off' and e.source_id = s.write_off_id
cross join lateral (values
    (1, s.gl_account_id, s.side * s.amount_minor, null::bigint, null::bigint),
    (2, s.control_id, -s.side * s.amount_minor, s.account_id, s.write_off_item_id)
) as leg (line, gl_account_id, minor, account_id, item_id);

-- Receivables against opening balances.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select %(entity)s, s.entry_id, side.line, g.id, s.ccy, side.sign * s.amount_minor,
    case when side.line = 1 then s.account_id end, case when side.line = 1 then s.item_id end
from staged_import as s
cross join (values (1, '1200', 1), (2, '3000', -1)) as side (line, code, sign)
join ledger_account as g on g.entity_id = %(entity)s and g.code = side.code;

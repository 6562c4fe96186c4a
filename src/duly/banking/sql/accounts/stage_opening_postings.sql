-- Debit the bank, credit opening balances.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor)
select e.entity_id, e.entry_id, side.line, side.gl_account_id, %(currency)s, side.amount_minor
from staged_entry as e
cross join (values (1, %(gl_account)s::int, %(amount_minor)s::bigint), (2, %(against)s::int, -%(amount_minor)s::bigint))
    as side (line, gl_account_id, amount_minor)
where e.source_kind = 'bank_opening';

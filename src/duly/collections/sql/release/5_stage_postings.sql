-- Debit receivables, credit late fees and interest.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select e.entity_id, e.entry_id, side.line, side.gl_account_id, s.currency, side.minor, s.account_id,
    case side.line when 1 then s.item_id end
from staged_entry as e
join staged_item as s on s.kind = 'late_charge' and s.document_id = e.source_id
join ledger_account as i on i.entity_id = e.entity_id and i.code = '4950'
cross join lateral (values (1, s.gl_account_id, s.amount_minor), (2, i.id, -s.amount_minor))
    as side (line, gl_account_id, minor)
where e.source_kind = 'late_charge';

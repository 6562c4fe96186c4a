-- Debit the bank, credit what the line is.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor)
select s.entity_id, e.entry_id, side.line, side.gl_account_id, l.currency, side.amount_minor
from staged_placement as s
join staged_entry as e on e.entity_id = s.entity_id and e.source_kind = 'bank_line' and e.source_id = s.placement_id
join banking_line as l on l.entity_id = s.entity_id and l.id = s.line_id
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
cross join lateral (values (1, b.gl_account_id, s.amount_minor), (2, s.gl_account_id, -s.amount_minor))
    as side (line, gl_account_id, amount_minor)
where s.entity_id = %(entity)s;

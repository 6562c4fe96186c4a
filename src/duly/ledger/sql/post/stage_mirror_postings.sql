-- The mirror of an entry has its postings with the sign turned.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select p.entity_id, m.entry_id, p.line, p.gl_account_id, p.currency, -p.amount_minor, p.account_id, p.item_id
from staged_entry as m
join ledger_posting as p on p.entity_id = m.entity_id and p.entry_id = m.reverses_id
where m.source_kind = %(as_kind)s;

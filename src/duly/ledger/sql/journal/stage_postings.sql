-- Every line of the journal is a posting of its entry.
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor)
select e.entity_id, e.entry_id, l.place, a.id, l.line ->> 'currency', (l.line ->> 'amount_minor')::bigint
from ledger_journal as j
join staged_entry as e on e.entity_id = j.entity_id and e.source_kind = 'journal' and e.source_id = j.id
cross join lateral jsonb_array_elements(j.lines) with ordinality as l (line, place)
join ledger_account as a on a.entity_id = j.entity_id and a.code = l.line ->> 'code'
where j.entity_id = %(entity)s and j.id = %(id)s;

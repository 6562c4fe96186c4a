-- One entry of the books with its postings.
select e.id as entry_id, e.effective_on, e.posted_at, e.source_kind, e.source_id, e.memo, e.reverses_id, p.line, g.code,
    g.name, p.currency, p.amount_minor, a.number as account_number, a.name as account_name
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where e.entity_id = %(entity)s and e.id = %(id)s
order by p.line;

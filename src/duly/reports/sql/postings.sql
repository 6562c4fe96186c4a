-- Every posting of the days in the order written, with the document it belongs to and the account it is about.
select e.id as entry, p.line, e.effective_on as day, e.source_kind as source, coalesce(n.number, '') as document, e.memo,
    g.code, g.name as code_name, coalesce(a.number, '') as account, p.currency,
    greatest(p.amount_minor, 0) as debit, greatest(-p.amount_minor, 0) as credit
from ledger_entry as e
join ledger_posting as p on p.entity_id = e.entity_id and p.entry_id = e.id
join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
left join receivables_number as n on n.entity_id = e.entity_id and n.document_kind = e.source_kind
    and n.document_id = e.source_id
where e.entity_id = %(entity)s and e.effective_on between %(from_on)s and %(to_on)s
order by e.id, p.line;

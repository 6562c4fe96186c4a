-- What one line is in the books, and what it was.
select p.id, p.line_id, p.kind, p.account_id, a.name as account_name, g.code as gl_code, p.receipt_id,
    n.number as receipt_number, p.amount_minor, p.currency, p.posted_on, p.undone_on, p.memo, p.by_name, p.at
from banking_placement as p
left join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
left join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id
left join receivables_number as n
    on n.entity_id = p.entity_id and n.document_kind = 'receipt' and n.document_id = p.receipt_id
where p.entity_id = %(entity)s and p.line_id = %(line)s
order by p.id;

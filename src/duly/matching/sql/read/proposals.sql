-- Everything ever proposed for a line and kept, best first.
select p.id, p.line_id, p.account_id, a.number as account_number, a.name as account_name, p.rank, p.rule, p.confidence,
    p.amount_minor, p.left_minor, l.currency, p.returns_receipt_id, p.sentence, p.warnings, p.evidence, p.state, p.made_at,
    p.decided_at, p.decided_by, p.receipt_id
from matching_proposal as p
join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id
join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where p.entity_id = %(entity)s and p.line_id = %(line)s
order by p.rank, p.id;

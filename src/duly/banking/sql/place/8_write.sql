-- The placements stand.
insert into banking_placement (entity_id, id, line_id, bank_account_id, kind, account_id, gl_account_id, receipt_id,
    amount_minor, currency, posted_on, memo, by_id, by_name, at)
select s.entity_id, s.placement_id, s.line_id, l.bank_account_id, s.kind, s.account_id, s.gl_account_id, s.receipt_id,
    s.amount_minor, l.currency, s.posted_on, s.memo, %(by_id)s, %(by_name)s, %(at)s
from staged_placement as s
join banking_line as l on l.entity_id = s.entity_id and l.id = s.line_id;

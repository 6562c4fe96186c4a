-- Every part that is an account's money becomes a receipt on the ledger account of the bank account.
insert into staged_receipt (entity_id, receipt_id, account_id, kind, currency, amount_minor, received_on, posted_on,
    method, source_key, gl_account_id, payer_name, payer_account_hash, payer_account_last4, reference,
    note)
select s.entity_id, s.receipt_id, s.account_id, s.kind, l.currency, s.amount_minor, l.booked_on, s.posted_on,
    'bank', 'bank-line:' || s.placement_id, b.gl_account_id, l.payer_name,
    l.payer_account_hash, l.payer_account_last4,
    coalesce(nullif(l.structured_reference, ''), nullif(l.end_to_end_id, ''), l.bank_reference), s.memo
from staged_placement as s
join banking_line as l on l.entity_id = s.entity_id and l.id = s.line_id
join banking_account as b on b.entity_id = l.entity_id and b.id = l.bank_account_id
where s.entity_id = %(entity)s and s.kind in ('receipt', 'return', 'refund')
order by s.placement_id;

-- Every staged receipt is on record once: the unique source key decides between two who bring the same money.
insert into payments_receipt (entity_id, id, account_id, kind, currency, amount_minor, received_on, method, source_key,
    gl_account_id, payer_name, payer_account_hash, payer_account_last4, reference, note, reverses_id, by_id, by_name, created_at)
select entity_id, receipt_id, account_id, kind, currency, amount_minor, received_on, method, source_key,
    gl_account_id, payer_name, payer_account_hash, payer_account_last4, reference, note, reverses_id, %(by_id)s, %(by_name)s, %(at)s
from staged_receipt
order by receipt_id
on conflict (entity_id, source_key) do nothing;

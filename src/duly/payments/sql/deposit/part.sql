-- The receipts of these deposits wait for the bank again.
update payments_receipt
set deposit_key = null
where entity_id = %(entity)s and deposit_key = any(%(keys)s);

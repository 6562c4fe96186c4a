-- The receipts are reversed from now on; whoever comes second gets none.
update payments_receipt
set state = 'reversed'
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'recorded' and kind <> 'reversal'
returning id, account_id, amount_minor, currency, method, deposit_key;

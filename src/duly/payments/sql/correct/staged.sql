-- The staged receipts with their items: the mirror first (it reverses), then the one as it should be.
select receipt_id, item_id, reverses_id, account_id, amount_minor from staged_receipt order by item_id;

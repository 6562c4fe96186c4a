-- The receipts of the staged rows, in the order they were staged.
select receipt_id, known from staged_receipt order by item_id;

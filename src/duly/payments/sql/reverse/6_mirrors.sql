-- The reversals just written.
select receipt_id as id from staged_receipt order by receipt_id;

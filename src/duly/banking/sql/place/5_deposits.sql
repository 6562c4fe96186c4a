-- The receipts by hand that meet their bank line.
select receipt_id, 'bank-line:' || placement_id as key from staged_deposit order by receipt_id;

-- The refunds of a file, with their receipts.
select id, state, receipt_id, account_id from payments_refund
where entity_id = %(entity)s and file_id = %(id)s order by id for update;

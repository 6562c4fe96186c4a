-- The refunds of the file are approved, and not paid.
update payments_refund
set state = 'approved', file_id = null, receipt_id = null, released_by = null, released_by_name = null,
    released_on = null
where entity_id = %(entity)s and file_id = %(id)s and state = 'released';

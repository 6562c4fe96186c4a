-- The file is not handed over, or the bank did not take it.
update payments_refund_file
set state = 'cancelled'
where entity_id = %(entity)s and id = %(id)s and state = 'made';

-- The refunds are seen, and not done yet.
update payments_refund
set state = 'seen', closed_on = null, closed_by_name = null
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'closed';

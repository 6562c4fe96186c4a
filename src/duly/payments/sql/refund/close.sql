-- The refunds are done.
update payments_refund
set state = 'closed', closed_on = %(today)s, closed_by_name = %(by)s
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'seen';

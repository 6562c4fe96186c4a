-- The lines were something else after all: the refunds of these keys are on their way again.
update payments_refund
set state = 'released', seen_key = null, seen_on = null, closed_on = null, closed_by_name = null
where entity_id = %(entity)s and seen_key = any(%(keys)s) and state in ('seen', 'closed');

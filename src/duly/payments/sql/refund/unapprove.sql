-- The refund waits for a second person again.
update payments_refund
set state = 'requested', approved_by = null, approved_by_name = null, approved_on = null, accepted_warnings = '{}'
where entity_id = %(entity)s and id = %(id)s and state = 'approved';

-- A second person stands for the refund.
update payments_refund
set state = 'approved', approved_by = %(by_id)s, approved_by_name = %(by)s, approved_on = %(today)s,
    accepted_warnings = %(accepted)s
where entity_id = %(entity)s and id = %(id)s and state = 'requested';

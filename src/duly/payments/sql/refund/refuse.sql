-- The refund does not go out.
update payments_refund
set state = 'refused', refused_by_name = %(by)s, refused_because = %(reason)s
where entity_id = %(entity)s and id = %(id)s and state = any(%(states)s);

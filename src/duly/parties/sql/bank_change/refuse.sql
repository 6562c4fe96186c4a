-- The change does not come; the old details stay.
update parties_bank_change
set state = 'refused', refused_by_name = %(by)s, refused_at = %(at)s, refused_because = %(reason)s
where entity_id = %(entity)s and id = %(id)s and state = any(%(states)s);

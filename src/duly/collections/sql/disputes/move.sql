-- The dispute is in its new state.
update collections_dispute
set state = %(target)s, closed_on = %(on)s, closed_by = case when %(target)s <> 'open' then %(by)s end,
    outcome = %(outcome)s
where entity_id = %(entity)s and id = %(id)s and state = any(%(sources)s);

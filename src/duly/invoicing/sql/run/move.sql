-- The run is in the new state, if it was in one that leads there.
update invoicing_run
set state = %(state)s,
    approved_at = case when %(state)s = 'approved' then %(at)s else approved_at end,
    approved_by = case when %(state)s = 'approved' then %(approver)s else approved_by end,
    approved_by_name = case when %(state)s = 'approved' then %(approver_name)s else approved_by_name end
where entity_id = %(entity)s and id = %(id)s and state = any(%(sources)s::text[]);

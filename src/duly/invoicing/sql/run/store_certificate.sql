-- The run carries its certificate, and is issued when that adds up.
update invoicing_run
set certificate = %(certificate)s, state = %(state)s, planned_at = coalesce(planned_at, %(at)s),
    approved_at = coalesce(approved_at, case when %(approver_name)s::text is not null then %(at)s end),
    approved_by = coalesce(approved_by, %(approver)s), approved_by_name = coalesce(approved_by_name, %(approver_name)s),
    issued_at = case when %(state)s = 'issued' then %(at)s end
where entity_id = %(entity)s and id = %(run)s;

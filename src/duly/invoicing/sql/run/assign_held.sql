-- Held accounts have an owner and a deadline.
update invoicing_run_item
set owner_id = %(owner)s, deadline_on = %(deadline_on)s
where entity_id = %(entity)s and run_id = %(run)s and account_id = any(%(account_ids)s) and state = 'held';

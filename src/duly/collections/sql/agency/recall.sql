-- The accounts are ours again.
update collections_handover
set state = 'recalled', recalled_on = %(on)s, recalled_why = %(why)s, recalled_by = %(by)s
where entity_id = %(entity)s and id = any(%(ids)s) and state = 'handed_over'
returning id, account_id, currency, amount_minor;

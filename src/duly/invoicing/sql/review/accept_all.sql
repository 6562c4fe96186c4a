-- What a run asked about these accounts is accepted once.
update invoicing_surprise
set state = 'accepted', decided_by = %(decided_by)s, decided_at = %(at)s, note = %(note)s
where entity_id = %(entity)s and run_id = %(run)s and account_id = any(%(account_ids)s) and state in ('open', 'held');

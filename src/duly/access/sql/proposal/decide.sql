-- A waiting proposal is decided, once.
update access_proposal
set state = %(state)s, decided_by = %(by)s, decided_by_name = %(by_name)s, decided_at = %(at)s,
    decided_reason = %(reason)s, decided_arguments = %(arguments)s, waiver_id = %(waiver)s
where entity_id = %(entity)s and id = %(id)s and state = 'waiting';

-- The proposal is refused; it stays, so that it is not applied without a person again.
update matching_proposal
set state = 'refused', decided_at = %(at)s, decided_by = %(by_name)s
where entity_id = %(entity)s and id = %(id)s and state = 'proposed'
returning line_id, account_id;

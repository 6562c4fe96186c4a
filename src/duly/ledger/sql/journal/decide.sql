-- One person decides a journal that still is as they saw it.
update ledger_journal
set state = %(state)s, decided_by = %(by)s, decided_by_name = %(by_name)s, decided_at = %(at)s
where entity_id = %(entity)s and id = %(id)s and state = %(was)s;

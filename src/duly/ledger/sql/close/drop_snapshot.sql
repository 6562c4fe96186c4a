-- An open period has no picture of its end.
delete from ledger_snapshot where entity_id = %(entity)s and period_id = %(id)s;

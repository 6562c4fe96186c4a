-- The period is ours until commit: whoever posts into it has finished, whoever wants to waits.
select id from ledger_period where entity_id = %(entity)s and id = %(id)s and state = %(state)s for update;

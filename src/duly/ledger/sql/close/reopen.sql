-- The period is open again; its picture goes with the next close.
update ledger_period
set state = 'open', closed_at = null, closed_by = null, closed_by_name = null, closed_block = null, closed_hash = null
where entity_id = %(entity)s and id = %(id)s and state = 'closed';

-- The period is closed, its hash binds its trial balance to the last sealed block.
update ledger_period as p
set state = 'closed', closed_at = %(at)s, closed_by = %(by)s, closed_by_name = %(by_name)s,
    closed_block = (select max(b.id) from ledger_block as b),
    closed_hash = ledger_closed_hash(p.entity_id, p.id, (select max(b.id) from ledger_block as b))
where p.entity_id = %(entity)s and p.id = %(id)s and p.state = 'open'
returning encode(p.closed_hash, 'hex');

-- The ledger account of what customers owe.
select id from ledger_account where entity_id = %(entity)s and code = '1200';

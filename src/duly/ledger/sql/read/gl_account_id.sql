-- The id of one ledger account by its code.
select id from ledger_account where entity_id = %(entity)s and code = %(code)s;

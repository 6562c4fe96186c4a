-- The last entry of the books.
select coalesce(max(id), 0) from ledger_entry where entity_id = %(entity)s;

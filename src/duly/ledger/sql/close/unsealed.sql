-- Entries of the days that lie beyond the last block, those of the closing transaction itself not counted.
select count(*) as entries
from ledger_entry as e
where e.entity_id = %(entity)s
    and e.xid >= coalesce((select max(xid_to) from ledger_block), '0'::xid8)
    and e.xid <> pg_current_xact_id()
    and e.effective_on between %(starts_on)s and %(ends_on)s;

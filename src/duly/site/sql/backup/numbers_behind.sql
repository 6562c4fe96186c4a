-- How many transaction numbers this server is behind the newest that a sealed row, or one to be sealed, bears.
select greatest(0, coalesce(max(newest.xid), 0) + 1 - pg_current_xact_id()::text::bigint) as behind
from (
    (select xid::text::bigint as xid from ledger_entry order by ledger_entry.xid desc limit 1)
    union all
    (select xid::text::bigint from events_event order by events_event.xid desc limit 1)
    union all
    (select xid_to::text::bigint from ledger_block order by ledger_block.xid_to desc limit 1)
    union all
    (select xid_to::text::bigint from events_block order by events_block.xid_to desc limit 1)
) as newest;

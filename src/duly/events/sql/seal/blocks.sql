-- The chain in order, with what each block's own hash and link should be.
select b.id, b.xid_from::text, b.xid_to::text, b.events as rows, b.content_hash, b.sealed_at,
    b.prev_hash = coalesce(lag(b.block_hash) over (order by b.id), sha256(''::bytea))
        and b.xid_from = coalesce(lag(b.xid_to) over (order by b.id), '0'::xid8) as linked,
    b.block_hash = sha256(b.prev_hash || b.content_hash || record_send(row(b.xid_from, b.xid_to, b.events,
        b.sealed_at))) as whole
from events_block as b
order by b.id;

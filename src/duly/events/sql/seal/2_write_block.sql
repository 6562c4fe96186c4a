-- The stretch is bound to the block before it.
insert into events_block (xid_from, xid_to, events, content_hash, prev_hash, block_hash, sealed_at)
select %(xid_from)s::xid8, %(xid_to)s::xid8, %(rows)s, %(content_hash)s, prev.hash,
    sha256(prev.hash || %(content_hash)s::bytea || record_send(row(%(xid_from)s::xid8, %(xid_to)s::xid8, %(rows)s::bigint,
        %(at)s::timestamptz))),
    %(at)s
from (select coalesce((select block_hash from events_block order by id desc limit 1), sha256(''::bytea)) as hash) as prev;

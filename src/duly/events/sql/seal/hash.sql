-- The content hash of all events of a stretch of transactions, from the hash every event carries.
select count(*) as rows,
    sha256(coalesce(string_agg(record_send(row(e.entity_id, e.id, e.xid)) || e.row_hash, ''::bytea
        order by e.entity_id, e.id), ''::bytea)) as content_hash
from events_event as e
where e.xid >= %(xid_from)s::xid8 and e.xid < %(xid_to)s::xid8;

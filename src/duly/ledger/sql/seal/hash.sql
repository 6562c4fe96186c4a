-- The content hash of all entries of a stretch of transactions: sha256 over the sha256 of each entry with its
-- postings, in PostgreSQL's binary form of each column (exact, independent of settings), in order of entity and id.
with hashed as (
    select e.entity_id, e.id,
        sha256(
            record_send(row(e.entity_id, e.id, e.effective_on, e.posted_at, e.xid, e.source_kind, e.source_id,
                e.reverses_id, e.memo, e.actor_id))
            || coalesce((
                select string_agg(
                    record_send(row(p.line, p.gl_account_id, p.currency, p.amount_minor, p.effective_on, p.account_id,
                        p.item_id)), ''::bytea order by p.line)
                from ledger_posting as p
                where p.entity_id = e.entity_id and p.entry_id = e.id), ''::bytea)
        ) as entry_hash
    from ledger_entry as e
    where e.xid >= %(xid_from)s::xid8 and e.xid < %(xid_to)s::xid8
)
select count(*) as rows, sha256(coalesce(string_agg(entry_hash, ''::bytea order by entity_id, id), ''::bytea)) as content_hash
from hashed;

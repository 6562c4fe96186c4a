-- One act leaves one event, bound by the hash of its content (sha256 over the fields in this order).
insert into events_event (entity_id, at, actor_id, actor, action, subject_kind, subject_id, account_id, summary, facts,
    undo, undo_of, row_hash)
values (
    %(entity)s, %(at)s, %(actor_id)s, %(actor)s, %(action)s, %(subject_kind)s, %(subject_id)s, %(account_id)s,
    %(summary)s, %(facts)s::jsonb, %(undo)s::jsonb, %(undo_of)s,
    sha256(convert_to(concat_ws('|', %(entity)s::int, extract(epoch from %(at)s::timestamptz), %(actor_id)s::bigint,
        %(actor)s, %(action)s, %(subject_kind)s, %(subject_id)s::bigint, %(account_id)s::bigint, %(summary)s,
        %(facts)s::jsonb::text, %(undo)s::jsonb::text, %(undo_of)s::bigint), 'utf8'))
)
returning id;

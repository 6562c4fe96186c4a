-- Events whose content no longer gives the hash they were written with (the fields in the order of record.sql).
select e.entity_id, e.id
from events_event as e
where (%(entity)s::int is null or e.entity_id = %(entity)s)
    and e.row_hash <> sha256(convert_to(concat_ws('|', e.entity_id, extract(epoch from e.at), e.actor_id, e.actor,
        e.action, e.subject_kind, e.subject_id, e.account_id, e.summary, e.facts::text, e.undo::text, e.undo_of), 'utf8'))
order by e.id
limit 100;

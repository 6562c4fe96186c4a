-- What happened to one thing, oldest first.
select e.id, e.at, e.actor_id, e.actor, e.action, e.subject_kind, e.subject_id, e.account_id, e.summary, e.facts, e.undo,
    e.undo_of, (select u.id from events_event as u where u.entity_id = e.entity_id and u.undo_of = e.id) as undone_by
from events_event as e
where e.entity_id = %(entity)s and e.subject_kind = %(kind)s and e.subject_id = %(id)s
order by e.id;

-- What happened lately, newest first.
select e.id, e.at, e.actor_id, e.actor, e.action, e.subject_kind, e.subject_id, e.account_id, e.summary, e.facts, e.undo,
    e.undo_of, (select u.id from events_event as u where u.entity_id = e.entity_id and u.undo_of = e.id) as undone_by
from events_event as e
where e.entity_id = %(entity)s and (%(actor)s::bigint is null or e.actor_id = %(actor)s)
    and (%(before)s::bigint is null or e.id < %(before)s)
order by e.id desc
limit %(limit)s;

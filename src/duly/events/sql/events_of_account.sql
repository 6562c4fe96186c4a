-- What happened on an account, newest first.
select e.id, e.at, e.actor_id, e.actor, e.action, e.subject_kind, e.subject_id, e.account_id, e.summary, e.facts, e.undo,
    e.undo_of, (select u.id from events_event as u where u.entity_id = e.entity_id and u.undo_of = e.id) as undone_by
from events_event as e
where e.entity_id = %(entity)s and e.account_id = %(account)s and (%(before)s::bigint is null or e.id < %(before)s)
order by e.id desc
limit %(limit)s;

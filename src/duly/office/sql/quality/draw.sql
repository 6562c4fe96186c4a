-- Acts since the last draw are in the sample: those the seed picks, and all of people in training. What committed late
-- is looked at again for an hour.
with looked_at as (
    select e.id, g.kind, e.action, e.summary, e.account_id, e.actor_id, e.actor,
        (e.at at time zone o.zone)::date as acted_on,
        exists (select 1 from unnest(%(trainees)s::bigint[]) as t (id) where t.id = e.actor_id) as trains,
        ('x' || left(encode(sha256(convert_to(%(seed)s || ':' || e.id, 'UTF8')), 'hex'), 8))::bit(32)::bigint
            %% 10000 < g.percent * 100 as picked
    from events_event as e
    join access_entity as o on o.id = e.entity_id
    join jsonb_to_recordset(%(graded)s::jsonb) as g (action text, kind text, percent numeric) on g.action = e.action
    where e.entity_id = %(entity)s and e.actor_id is not null and e.undo_of is null
        and e.id > %(through)s::bigint - 20000
        and (e.id > %(through)s::bigint or (%(again)s and e.at > %(at)s::timestamptz - interval '1 hour'))
)
insert into office_sample (entity_id, event_id, kind, action, summary, account_id, user_id, user_name, acted_on, picked)
select %(entity)s, id, kind, action, summary, account_id, actor_id, actor, acted_on,
    case when trains then 'trainee' else 'random' end
from looked_at
where trains or picked
order by id
on conflict (entity_id, event_id) do nothing;

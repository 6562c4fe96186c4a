-- The time people spent on getting paid: what lies between two acts of a person counts up to a quarter of an hour, the
-- first act after a longer pause as two minutes. Acts of collecting, matching and correcting only.
with acts as (
    select e.actor_id, e.actor, e.at, e.action,
        extract(epoch from e.at - lag(e.at) over (partition by e.actor_id order by e.at, e.id)) as after_seconds
    from events_event as e
    where e.entity_id = %(entity)s and e.actor_id is not null
        and e.at >= %(from_on)s::date and e.at < %(to_on)s::date + 1
),
counted as (
    select actor_id, max(actor) as person, count(*)::int as acts,
        sum(case when after_seconds is null or after_seconds > 900 then 120 else after_seconds end) as seconds
    from acts
    where split_part(action, '.', 1) in ('matching', 'receipts', 'discrepancies', 'disputes', 'promises', 'plans', 'contacts',
        'dunning', 'statements', 'collections', 'agency', 'baddebt', 'writeoffs', 'refunds', 'receivables', 'bank', 'banking')
    group by actor_id
),
rates as (
    select distinct on (coalesce(r.user_id, 0)) r.user_id, r.hour_minor, r.currency
    from reports_cost_rate as r
    where r.entity_id = %(entity)s and r.valid_from <= %(to_on)s
    order by coalesce(r.user_id, 0), r.valid_from desc, r.id desc
)
select c.person, c.acts, round(c.seconds / 3600.0, 2) as hours,
    coalesce(own.currency, everybody.currency, entity.currency) as currency,
    coalesce(own.hour_minor, everybody.hour_minor, 0) as hour_minor,
    duly_round_minor(c.seconds / 3600.0 * coalesce(own.hour_minor, everybody.hour_minor, 0))::bigint as cost_minor
from counted as c
cross join (select currency from access_entity where id = %(entity)s) as entity
left join rates as own on own.user_id = c.actor_id
left join rates as everybody on everybody.user_id is null
order by c.person;

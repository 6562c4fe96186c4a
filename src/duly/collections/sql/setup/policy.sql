-- The segment has a policy with its steps; one it has already stays as it is.
with made as (
    insert into collections_policy (entity_id, segment, name, currency, late_law, valid_from, made_by)
    select %(entity)s, %(segment)s, %(name)s, %(currency)s, %(law)s, %(valid_from)s, 'shipped'
    where not exists (
        select 1 from collections_policy where entity_id = %(entity)s and segment = %(segment)s and valid_to is null)
    returning id
)
insert into collections_policy_step (entity_id, policy_id, step, name, days_late, grace_days, channel, charges_interest,
    charges_lump, texts)
select %(entity)s, made.id, s.step, s.name, s.days_late, s.grace_days, s.channel, s.charges, s.charges, s.texts
from made
cross join jsonb_to_recordset(%(steps)s::jsonb) as s (step smallint, name text, days_late int, grace_days int, channel text,
    charges boolean, texts jsonb);

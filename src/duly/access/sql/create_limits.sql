-- The shipped limits hold from a day on, in minor units of the entity's currency.
insert into access_role_limit (entity_id, role, right_name, currency, limit_minor, valid_from)
select %(entity)s, role, right_name, %(currency)s, limit_minor, %(day)s
from unnest(%(roles)s::text[], %(rights)s::text[], %(limits)s::bigint[]) as given (role, right_name, limit_minor)
on conflict do nothing;

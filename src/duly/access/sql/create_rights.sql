-- The shipped roles hold the shipped rights from a day on.
insert into access_role_right (entity_id, role, right_name, level, valid_from)
select %(entity)s, role, right_name, level, %(day)s
from unnest(%(roles)s::text[], %(rights)s::text[], %(levels)s::text[]) as given (role, right_name, level)
on conflict do nothing;

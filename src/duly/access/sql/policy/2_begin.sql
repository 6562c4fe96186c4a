-- The policy says this from a day on.
insert into access_policy (entity_id, name, value, valid_from)
values (%(entity)s, %(name)s, to_jsonb(%(value)s::int), %(from_on)s);

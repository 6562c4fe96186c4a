-- The shipped roles exist in the entity.
insert into access_role (entity_id, name)
select %(entity)s, unnest(%(roles)s::text[])
on conflict do nothing;

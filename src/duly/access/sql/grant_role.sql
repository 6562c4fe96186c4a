-- The person has the role in the entity.
insert into access_membership (entity_id, user_id, role, granted_at, granted_by)
values (%(entity)s, %(user)s, %(role)s, %(at)s, %(by)s)
on conflict do nothing;

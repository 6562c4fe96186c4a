-- A person of this entity alone may sign in, or may not (their sessions end with their next request).
update access_user as u
set is_active = %(active)s
where u.id = %(user)s and u.is_active <> %(active)s
    and exists (select 1 from access_membership as m where m.entity_id = %(entity)s and m.user_id = u.id)
    and not exists (select 1 from access_membership as m where m.entity_id <> %(entity)s and m.user_id = u.id);

-- The role holds the right at a level from a day on.
insert into access_role_right (entity_id, role, right_name, level, valid_from)
values (%(entity)s, %(role)s, %(right)s, %(level)s, %(from_on)s);

-- The role's limit for the right begins on a day.
insert into access_role_limit (entity_id, role, right_name, currency, limit_minor, valid_from)
values (%(entity)s, %(role)s, %(right)s, %(currency)s, %(limit)s, %(from_on)s);

-- The role's limit for a right on a day.
select limit_minor
from access_role_limit
where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s and currency = %(currency)s
    and valid_from <= %(day)s and (valid_to is null or valid_to > %(day)s);

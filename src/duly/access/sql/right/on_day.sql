-- The level at which a role holds a right on a day.
select level
from access_role_right
where entity_id = %(entity)s and role = %(role)s and right_name = %(right)s
    and valid_from <= %(day)s and (valid_to is null or valid_to > %(day)s);

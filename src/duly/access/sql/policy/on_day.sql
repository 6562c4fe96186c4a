-- What a policy says on a day.
select value
from access_policy
where entity_id = %(entity)s and name = %(name)s
    and valid_from <= %(day)s and (valid_to is null or valid_to > %(day)s);

-- Every limit of a role that holds on the day, and those that will.
select l.role, l.right_name, l.currency, l.limit_minor, l.valid_from, l.valid_to
from access_role_limit as l
where l.entity_id = %(entity)s and (l.valid_to is null or l.valid_to > %(day)s)
order by l.role, l.right_name, l.currency, l.valid_from;

-- The active assignment rules in their order.
select id, place, name, kind, at_least_minor, at_most_minor, currency, account_from, account_to, language, skill,
    method, people, turn, active, version
from office_rule
where entity_id = %(entity)s and active
order by place, id;

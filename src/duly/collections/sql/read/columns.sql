-- The stages of the board with what stands in them.
select stage, currency, count(*) as accounts, sum(overdue_minor)::bigint as overdue_minor
from collections_standing
where entity_id = %(entity)s
group by stage, currency
order by stage, currency;

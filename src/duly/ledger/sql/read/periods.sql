-- The periods in order, or the one asked for by id or by a day in it.
select p.id, p.starts_on, p.ends_on, p.state, p.closed_at, p.closed_by, p.closed_by_name, p.closed_hash
from ledger_period as p
where p.entity_id = %(entity)s
    and (%(id)s::int is null or p.id = %(id)s)
    and (%(day)s::date is null or %(day)s between p.starts_on and p.ends_on)
order by p.starts_on;

-- The periods that hold entries.
select p.id
from ledger_period as p
where p.entity_id = %(entity)s and exists (
    select 1 from ledger_daily as d
    where d.entity_id = p.entity_id and d.on_day between p.starts_on and p.ends_on)
order by p.id;

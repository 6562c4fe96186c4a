-- Holds the periods of the staged days until commit and names the days that have no open one.
with days as (
    select distinct entity_id, effective_on from staged_entry
),
held as (
    select p.entity_id, p.starts_on, p.ends_on, p.state
    from ledger_period as p
    where exists (
        select 1 from days as d
        where d.entity_id = p.entity_id and d.effective_on between p.starts_on and p.ends_on)
    for share
)
select d.effective_on
from days as d
where not exists (
    select 1 from held as h
    where h.entity_id = d.entity_id and d.effective_on between h.starts_on and h.ends_on and h.state = 'open')
order by d.effective_on
limit 1;

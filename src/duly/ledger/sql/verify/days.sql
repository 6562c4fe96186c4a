-- Days with postings that lie in no period.
select distinct d.on_day
from ledger_daily as d
where d.entity_id = %(entity)s
    and not exists (
        select 1 from ledger_period as p
        where p.entity_id = d.entity_id and d.on_day between p.starts_on and p.ends_on)
order by d.on_day
limit 100;

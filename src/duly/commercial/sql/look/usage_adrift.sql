-- Usage no agreement bills: by account and meter, how many events, how much, and from when to when.
select e.account_id, e.meter, count(*) as events, sum(e.quantity) as quantity, min(e.on_day) as first_on,
    max(e.on_day) as last_on
from commercial_usage_event as e
where e.entity_id = %(entity)s and e.agreement_id is null
group by e.account_id, e.meter
order by e.account_id, e.meter
limit %(limit)s;

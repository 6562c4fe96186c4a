-- Open cases by kind and currency: how many, how much, how many are late.
select kind, currency, count(*)::int as cases, sum(amount_minor)::bigint as amount_minor,
    (count(*) filter (where due_on < %(today)s))::int as late, min(happened_on) as oldest_on
from matching_case
where entity_id = %(entity)s and state = 'open'
group by kind, currency
order by kind, currency;

-- How many surprises wait and how much money is at stake, per currency and state; waiting ones only, by their index.
select state, currency, count(*) as surprises, sum(at_stake_minor)::bigint as at_stake_minor,
    min(deadline_on) as deadline_on
from invoicing_surprise
where entity_id = %(entity)s and state in ('open', 'held')
group by state, currency
order by state, currency;

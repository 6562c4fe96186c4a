-- How many refunds stand where, and their money in one currency.
select state, currency, count(*) as refunds, sum(amount_minor)::bigint as amount_minor
from payments_refund
where entity_id = %(entity)s
group by state, currency
order by state, currency;

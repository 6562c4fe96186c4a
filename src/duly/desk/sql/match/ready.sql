-- The lines whose proposal is exact, as many as one act takes: their ids, and what they add up to per currency.
select currency, count(*) as lines, sum(amount_minor)::bigint as amount_minor, array_agg(line_id) as ids
from (
    select r.currency, r.amount_minor, r.line_id
    from matching_result as r
    where r.entity_id = %(entity)s and r.state = 'ready'
    order by r.booked_on, r.line_id
    limit %(limit)s
) as ready
group by currency
order by currency;

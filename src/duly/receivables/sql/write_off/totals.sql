-- How many items are staged and how much of each currency: what is lost, and what is won.
select currency, count(*) as items, coalesce(sum(amount_minor) filter (where side > 0), 0)::bigint as lost_minor,
    coalesce(sum(amount_minor) filter (where side < 0), 0)::bigint as won_minor,
    count(distinct account_id) as accounts, min(account_id) as account_id
from staged_write_off
group by currency
order by currency;

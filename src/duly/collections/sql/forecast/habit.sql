-- How late the account paid what it settled in the last two years.
select count(*) as payments,
    percentile_disc(0.1) within group (order by i.closed_on - i.due_on) as early_days,
    percentile_disc(0.5) within group (order by i.closed_on - i.due_on) as usual_days,
    percentile_disc(0.9) within group (order by i.closed_on - i.due_on) as late_days
from receivables_item as i
where i.entity_id = %(entity)s and i.account_id = %(account)s and i.amount_minor > 0
    and i.closed_on between %(today)s::date - 730 and %(today)s;

-- The accounts whose bill changes most against the run before, largest first.
select coalesce(now.account_id, was.account_id) as account_id, a.number as account_number, a.name as account_name,
    coalesce(now.currency, was.currency) as currency, coalesce(now.net_minor, 0) as net_minor,
    coalesce(was.net_minor, 0) as before_minor
from (
    select account_id, currency, net_minor from invoicing_run_item
    where entity_id = %(entity)s and run_id = %(run)s and state in ('planned', 'billed', 'held')
) as now
full join (
    select account_id, currency, net_minor from invoicing_run_item
    where entity_id = %(entity)s and run_id = %(before)s and state = 'billed'
) as was on was.account_id = now.account_id and was.currency = now.currency
join receivables_account as a
    on a.entity_id = %(entity)s and a.id = coalesce(now.account_id, was.account_id)
where coalesce(now.net_minor, 0) <> coalesce(was.net_minor, 0)
order by abs(coalesce(now.net_minor, 0) - coalesce(was.net_minor, 0)) desc, 1
limit %(limit)s;

-- The accounts for which what was billed is not what was expected, largest first.
with billed as (
    select v.account_id, v.currency, sum(v.net_minor) as net_minor
    from invoicing_run as r
    join invoicing_invoice as v on v.entity_id = r.entity_id and v.issued_on = r.issued_on and v.run_id = r.id
    where r.entity_id = %(entity)s and r.id = %(run)s
    group by v.account_id, v.currency
)
select coalesce(i.account_id, b.account_id) as account_id, coalesce(i.currency, b.currency) as currency,
    coalesce(i.state, 'not_expected') as state, coalesce(i.expected_minor, 0) as expected_minor,
    coalesce(b.net_minor, 0)::bigint as billed_minor, coalesce(i.reason, '') as reason
from (
    select * from invoicing_run_item where entity_id = %(entity)s and run_id = %(run)s
) as i
full join billed as b on b.account_id = i.account_id and b.currency = i.currency
where i.account_id is null or i.state = 'planned'
    or (i.state = 'billed' and b.net_minor is distinct from i.expected_minor)
    or (i.state <> 'billed' and b.account_id is not null)
order by abs(coalesce(i.expected_minor, 0) - coalesce(b.net_minor, 0)) desc, 1
limit 100;

-- Which accounts the staged rows touch.
select min(entity_id) as entity_id, min(account_id) as first_account_id, max(account_id) as last_account_id,
    count(*) filter (where staged = 'charge') as charges, count(*) filter (where staged = 'withdrawn') as withdrawn
from (
    select entity_id, account_id, 'charge' as staged from staged_charge
    union all
    select entity_id, account_id, 'withdrawn' from staged_withdrawn
) as touched;

-- Which accounts the staged rows touch, and whether a person's hand is on any draft of theirs.
select t.*, exists (
    select 1 from invoicing_charge as c
    where c.entity_id = t.entity_id and c.account_id between t.first_account_id and t.last_account_id
        and (c.edited_by is not null or c.dismissed_by is not null)) as by_hand
from (
    select min(entity_id) as entity_id, min(account_id) as first_account_id, max(account_id) as last_account_id,
        count(*) filter (where staged = 'charge') as charges, count(*) filter (where staged = 'withdrawn') as withdrawn
    from (
        select entity_id, account_id, 'charge' as staged from staged_charge
        union all
        select entity_id, account_id, 'withdrawn' from staged_withdrawn
    ) as touched
) as t;

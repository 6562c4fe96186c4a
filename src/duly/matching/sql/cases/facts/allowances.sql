-- What the accounts of cases may take off on the day of the case.
select c.id as case_id, w.kind, w.rate, w.days, w.grace_days, w.amount_minor, w.account_id is not null as of_account
from matching_case as c
join matching_allowance as w
    on w.entity_id = c.entity_id and (w.account_id is null or w.account_id = c.account_id)
    and (w.currency is null or w.currency = c.currency)
    and c.happened_on >= w.valid_from and (w.valid_to is null or c.happened_on < w.valid_to)
where c.entity_id = %(entity)s and c.id = any(%(cases)s)
order by c.id, w.id;

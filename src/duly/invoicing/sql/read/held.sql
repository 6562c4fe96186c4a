-- A page of the accounts a run holds, in account order; chunks without held accounts are not looked at.
select i.account_id, a.number as account_number, a.name as account_name, i.currency, i.charges, i.net_minor,
    i.expected_minor, i.reason_code, i.reason, i.owner_id, i.deadline_on
from invoicing_run_chunk as c
join invoicing_run_item as i
    on i.entity_id = c.entity_id and i.run_id = c.run_id
    and i.account_id between c.first_account_id and c.last_account_id and i.state = 'held'
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
where c.entity_id = %(entity)s and c.run_id = %(run)s and c.held_accounts > 0
    and (%(after)s::bigint is null or (c.last_account_id > %(after)s and i.account_id > %(after)s))
order by i.account_id, i.currency
limit %(limit)s;

-- Every promise for these days.
select p.promised_on, p.made_on, a.number as account, a.name, p.made_with, p.currency, p.amount_minor, p.received_minor,
    p.state, p.settled_on, p.made_by
from collections_promise as p
join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
where p.entity_id = %(entity)s and p.promised_on between %(from_on)s and %(to_on)s
order by p.promised_on, p.id;

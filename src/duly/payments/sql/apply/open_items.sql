-- What the accounts owe and what they have with us, as the rule wants it.
select id, account_id, currency, due_on, open_minor
from receivables_item
where entity_id = %(entity)s and account_id = any(%(account_ids)s) and open_minor <> 0;

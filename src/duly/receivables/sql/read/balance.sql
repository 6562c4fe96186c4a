-- What the account owes at the end of the day.
select coalesce(sum(amount_minor), 0)::bigint
from receivables_item
where entity_id = %(entity)s and account_id = %(account)s and currency = %(currency)s and issued_on <= %(as_of)s;

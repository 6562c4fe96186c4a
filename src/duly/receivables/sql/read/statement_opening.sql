-- What the account owed in this currency before the first day.
select %(currency)s as currency, coalesce(sum(i.amount_minor), 0)::bigint as opening_minor
from receivables_item as i
where i.entity_id = %(entity)s and i.account_id = %(account)s and i.currency = %(currency)s
    and i.issued_on < %(from_on)s;

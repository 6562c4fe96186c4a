-- Whether the very same statement (days, balances, number of lines) is on record.
select true
from banking_statement
where entity_id = %(entity)s and bank_account_id = %(account)s and state in ('chained', 'unchained')
    and from_on = %(from_on)s and to_on = %(to_on)s and lines = %(lines)s and sequence = %(sequence)s
    and opening_minor is not distinct from %(opening)s and closing_minor is not distinct from %(closing)s
limit 1;

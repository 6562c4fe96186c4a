-- Both ends of the proved chain of an account.
select opening_minor, closing_minor, from_on, to_on, chain_no
from banking_statement
where entity_id = %(entity)s and bank_account_id = %(account)s and state = 'chained'
    and chain_no in (
        select min(chain_no) from banking_statement
        where entity_id = %(entity)s and bank_account_id = %(account)s and chain_no is not null
        union all
        select max(chain_no) from banking_statement
        where entity_id = %(entity)s and bank_account_id = %(account)s and chain_no is not null)
order by chain_no;

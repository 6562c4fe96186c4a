-- The bank account a line's money came from, as it is known of the account's customer.
select d.id
from banking_line as l
join receivables_account as a on a.entity_id = l.entity_id and a.id = %(account)s
join parties_bank_detail as d
    on d.entity_id = a.entity_id and d.party_id = a.party_id and d.account_hash = l.payer_account_hash
where l.entity_id = %(entity)s and l.id = %(line)s;

-- The bank accounts these payments came from are known as their customers' from now on.
insert into staged_bank_detail (party_id, account_hash, account_encrypted, last4, seen_on)
select c.party_id, l.payer_account_hash, l.payer_account_encrypted, l.payer_account_last4, l.booked_on
from accepting as a
join banking_line as l on l.entity_id = %(entity)s and l.id = a.line_id
join receivables_account as c on c.entity_id = %(entity)s and c.id = a.account_id
where a.amount_minor > 0 and l.payer_account_hash is not null and l.payer_account_encrypted is not null;

-- The payments taken back do not count as seen from their bank accounts any more.
insert into staged_bank_detail (party_id, account_hash, account_encrypted, last4, seen_on, payments)
select c.party_id, l.payer_account_hash, l.payer_account_encrypted, l.payer_account_last4, l.booked_on, -1
from matching_proposal as p
join banking_line as l on l.entity_id = p.entity_id and l.id = p.line_id
join receivables_account as c on c.entity_id = p.entity_id and c.id = p.account_id
where p.entity_id = %(entity)s and p.line_id = any(%(ids)s) and p.state = 'accepted' and p.amount_minor > 0
    and l.state = 'placed' and l.payer_account_hash is not null;

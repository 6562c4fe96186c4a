-- Everybody who would get a statement is asked about at the gate.
insert into staged_ask (place, party_id, account_id, channel, purpose, contact_at, address)
select statement_id, party_id, account_id, channel, 'statement', %(at)s, address
from statement_made;

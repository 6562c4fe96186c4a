-- Whoever is to be written to is asked about at the gate.
insert into staged_ask (place, party_id, account_id, channel, purpose, contact_at, address)
select letter_id, party_id, account_id, channel, 'dunning', %(contact_at)s, address
from dunning_letter
where reason is null and channel <> 'call';

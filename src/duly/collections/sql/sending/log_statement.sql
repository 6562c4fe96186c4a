-- The statement stands in the contact log.
insert into collections_contact (entity_id, account_id, party_id, channel, direction, purpose, at, outcome, note, by_name)
select s.entity_id, s.account_id, s.party_id, s.channel, 'out', 'statement', %(at)s, 'sent', 'Statement of account', %(by)s
from collections_statement as s
where s.entity_id = %(entity)s and s.id = %(id)s;

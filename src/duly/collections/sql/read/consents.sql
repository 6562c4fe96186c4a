-- The latest word of a person on each channel and address.
select distinct on (channel, address) channel, address, state, words, source, at, by_name
from collections_consent
where entity_id = %(entity)s and party_id = %(party)s
order by channel, address, id desc;

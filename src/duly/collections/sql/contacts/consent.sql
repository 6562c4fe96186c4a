-- The ledger of consents has one row more.
insert into collections_consent (entity_id, party_id, channel, address, state, words, source, at, by_name)
values (%(entity)s, %(party)s, %(channel)s, %(address)s, %(state)s, %(words)s, %(source)s, %(at)s, %(by)s);

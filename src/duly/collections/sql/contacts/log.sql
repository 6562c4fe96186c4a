-- The contact is in the log.
insert into collections_contact (entity_id, account_id, party_id, channel, direction, purpose, at, outcome, note, answer_id,
    letter_id, by_id, by_name)
values (%(entity)s, %(account)s, %(party)s, %(channel)s, %(direction)s, %(purpose)s, %(at)s, %(outcome)s, %(note)s,
    %(answer)s, %(letter)s, %(by)s, %(by_name)s)
returning id;

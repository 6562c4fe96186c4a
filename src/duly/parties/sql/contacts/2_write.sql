-- The staged people are contacts of their parties.
insert into parties_contact (entity_id, party_id, name, email, phone, duty, language, valid_from, import_batch_id)
select %(entity)s, party_id, name, email, phone, duty, language, %(today)s, %(batch)s from staged_contact;

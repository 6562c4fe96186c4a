-- The customer was asked at a number we had before, and said yes.
update parties_bank_change
set state = 'called_back', contact_id = %(contact)s, contact_name = %(name)s, called_phone = %(phone)s,
    called_by = %(by_id)s, called_by_name = %(by)s, called_at = %(at)s, call_note = %(note)s
where entity_id = %(entity)s and id = %(id)s and state = 'requested';

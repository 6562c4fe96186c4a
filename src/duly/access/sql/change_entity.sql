-- The entity's own words are these; documents already issued keep theirs (null leaves as it is).
update access_entity
set name = coalesce(%(name)s, name), legal_name = coalesce(%(legal_name)s, legal_name),
    vat_id = coalesce(%(vat_id)s, vat_id), tax_number = coalesce(%(tax_number)s, tax_number),
    register = coalesce(%(register)s, register), email = coalesce(%(email)s, email),
    phone = coalesce(%(phone)s, phone), website = coalesce(%(website)s, website),
    address = address || coalesce(%(address)s::jsonb, '{}')
where id = %(entity)s;

-- A new entity owns books from now on.
insert into access_entity (code, name, legal_name, address, country, vat_id, tax_number, register, email, phone,
    website, currency, zone, language, is_demo, created_at)
values (%(code)s, %(name)s, %(legal_name)s, %(address)s::jsonb, %(country)s, %(vat_id)s, %(tax_number)s, %(register)s,
    %(email)s, %(phone)s, %(website)s, %(currency)s, %(zone)s, %(language)s, %(is_demo)s, %(at)s)
returning id;

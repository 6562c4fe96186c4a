-- The party has the new values, unless somebody was faster.
update parties_party
set name = coalesce(%(name)s, name), kind = coalesce(%(kind)s, kind), legal_name = coalesce(%(legal_name)s, legal_name),
    email = coalesce(%(email)s, email), phone = coalesce(%(phone)s, phone), vat_id = coalesce(%(vat_id)s, vat_id),
    language = coalesce(%(language)s, language), country = coalesce(%(country)s, country),
    street = coalesce(%(street)s, street), street2 = coalesce(%(street2)s, street2),
    postal_code = coalesce(%(postal_code)s, postal_code), city = coalesce(%(city)s, city),
    region = coalesce(%(region)s, region), version = version + 1
where entity_id = %(entity)s and id = %(id)s and version = %(version)s
returning version;

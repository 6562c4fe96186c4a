-- The account has the new values, unless somebody was faster. An account may lose its owner; nothing else may be empty.
update receivables_account
set name = coalesce(%(name)s, name), terms_days = coalesce(%(terms_days)s, terms_days),
    po_number = coalesce(%(po_number)s, po_number), tax_profile = coalesce(%(tax_profile)s, tax_profile),
    delivery = coalesce(%(delivery)s, delivery), billing_email = coalesce(%(billing_email)s, billing_email),
    language = coalesce(%(language)s, language),
    owner_id = case when %(sets_owner)s then %(owner_id)s::bigint else owner_id end, version = version + 1
where entity_id = %(entity)s and id = %(id)s and version = %(version)s
returning version;

-- Known accounts are as staged; their currency, number and party stay.
update receivables_account as a
set name = s.name, terms_days = s.terms_days, po_number = s.po_number, tax_profile = s.tax_profile,
    delivery = s.delivery, billing_email = s.billing_email, language = s.language,
    owner_id = coalesce(s.owner_id, a.owner_id), version = a.version + 1
from staged_account as s
where a.entity_id = %(entity)s and a.id = s.account_id
    and (a.name, a.terms_days, a.po_number, a.tax_profile, a.delivery, a.billing_email, a.language)
    is distinct from (s.name, s.terms_days, s.po_number, s.tax_profile, s.delivery, s.billing_email,
        s.language::char(2));

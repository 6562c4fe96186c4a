-- Every staged customer is about to have an account.
insert into staged_account (place, party_id, name, currency, opened_on, terms_days, po_number, tax_profile, delivery,
    billing_email, language, owner_id, external_id)
select s.line, p.id, s.name, s.currency, %(today)s, s.terms_days, s.po_number, s.tax_profile, s.delivery, s.email,
    s.language, u.id, s.customer
from staged_import as s
join parties_party as p on p.entity_id = %(entity)s and p.external_id = s.customer
left join access_user as u on lower(u.email) = lower(s.owner)
order by s.line;

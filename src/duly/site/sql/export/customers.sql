-- Every account with its terms and its buyer's address.
select a.number as customer, a.name, a.billing_email as email, a.currency, a.terms_days, a.po_number, a.tax_profile,
    a.delivery, a.language, a.state, a.opened_on, a.external_id
from receivables_account as a
where a.entity_id = %(entity)s
order by a.id;

-- One account, by id or by number.
select a.id, a.public_id, a.number, a.party_id, a.name, a.currency, a.terms_days, a.po_number, a.tax_profile,
    a.delivery, a.billing_email, a.language, a.owner_id, a.state, a.opened_on, a.external_id, a.version, a.created_at
from receivables_account as a
where a.entity_id = %(entity)s
    and (%(id)s::bigint is null or a.id = %(id)s)
    and (%(number)s::text is null or a.number = %(number)s)
    and (%(id)s::bigint is not null or %(number)s::text is not null);

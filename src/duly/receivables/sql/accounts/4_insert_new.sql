-- Staged accounts that are not known yet exist.
insert into receivables_account (entity_id, id, number, party_id, name, currency, terms_days, po_number, tax_profile,
    delivery, billing_email, language, owner_id, opened_on, external_id, import_batch_id, created_at)
select %(entity)s, s.account_id, coalesce(s.number, n.number), s.party_id, s.name, s.currency, s.terms_days,
    s.po_number, s.tax_profile, s.delivery, s.billing_email, s.language, s.owner_id, s.opened_on, s.external_id,
    %(batch)s, %(at)s
from staged_account as s
left join receivables_number as n
    on n.entity_id = %(entity)s and n.document_kind = 'account' and n.document_id = s.account_id
where not exists (select 1 from receivables_account as a where a.entity_id = %(entity)s and a.id = s.account_id)
order by s.place;

-- The documents, with the buyer as he is today; less than nothing to pay makes a credit note.
insert into invoicing_invoice (entity_id, id, kind, account_id, currency, issued_on, due_on, period_from, period_to,
    net_minor, tax_minor, total_minor, po_number, language, seller_id, buyer, corrects_id, reason, run_id, delivery)
select %(entity)s, d.id, case when d.net_minor + d.tax_minor < 0 then 'credit_note' else 'invoice' end, d.account_id,
    d.currency, %(issued_on)s,
    case when d.net_minor + d.tax_minor < 0 then %(issued_on)s::date else %(issued_on)s::date + a.terms_days end,
    d.period_from, d.period_to, d.net_minor, d.tax_minor, d.net_minor + d.tax_minor, d.po_number, a.language,
    %(seller)s, (
        select jsonb_build_object('name', p.name, 'legal_name', p.legal_name, 'street', p.street,
            'street2', p.street2, 'postal_code', p.postal_code, 'city', p.city, 'region', p.region,
            'country', p.country, 'vat_id', p.vat_id, 'account_number', a.number, 'account_name', a.name,
            'email', case when a.billing_email <> '' then a.billing_email else p.email end,
            'terms_days', a.terms_days)
        from parties_party as p
        where p.entity_id = %(entity)s and p.id = a.party_id),
    %(corrects)s, %(reason)s, %(run)s, a.delivery
from issuing_document as d
join receivables_account as a
    on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = d.account_id
order by d.id;

-- Every document with something to settle is an open item on accounts receivable.
insert into staged_item (entity_id, item_id, account_id, kind, document_id, gl_account_id, currency, issued_on,
    due_on, amount_minor)
select %(entity)s, d.item_id, d.account_id,
    case when d.net_minor + d.tax_minor < 0 then 'credit_note' else 'invoice' end, d.id, (select id from ledger_account where entity_id = %(entity)s and code = '1200'), d.currency,
    %(issued_on)s,
    case when d.net_minor + d.tax_minor < 0 then %(issued_on)s::date else %(issued_on)s::date + a.terms_days end,
    d.net_minor + d.tax_minor
from issuing_document as d
join receivables_account as a
    on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = d.account_id
where d.net_minor + d.tax_minor <> 0
order by d.item_id;

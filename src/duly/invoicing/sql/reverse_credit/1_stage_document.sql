-- The mirror of a credit note is one document of its account, in its currency and under its order number.
insert into issuing_document (id, item_id, account_id, currency, po_number, place, net_minor, tax_minor, period_from,
    period_to)
select nextval('invoicing_invoice_id_seq'), nextval('receivables_item_id_seq'), v.account_id, v.currency, v.po_number,
    1, -v.net_minor, 0, v.period_from, v.period_to
from invoicing_invoice as v
where v.entity_id = %(entity)s and v.id = %(id)s
returning id;

-- One document for each account, currency and purchase order, in account order.
insert into issuing_document (id, item_id, account_id, currency, po_number, place, net_minor, tax_minor, period_from,
    period_to)
select nextval('invoicing_invoice_id_seq'), nextval('receivables_item_id_seq'), g.account_id, g.currency,
    g.po_number, row_number() over (order by g.account_id, g.currency, g.po_number), g.net_minor, 0, g.period_from,
    g.period_to
from (
    select account_id, currency, po_number, sum(net_minor) as net_minor, min(period_from) as period_from,
        max(period_to) as period_to
    from issuing_charge
    group by account_id, currency, po_number
    order by account_id, currency, po_number
) as g;

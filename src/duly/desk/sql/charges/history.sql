-- The last invoices of an account in a currency, oldest first.
select v.id, n.number, v.issued_on, v.net_minor
from (
    select id, issued_on, net_minor
    from invoicing_invoice
    where entity_id = %(entity)s and account_id = %(account)s and currency = %(currency)s and kind = 'invoice'
        and voided_by_id is null
    order by issued_on desc, id desc
    limit 8
) as v
join receivables_number as n on n.entity_id = %(entity)s and n.document_kind = 'invoice' and n.document_id = v.id
order by v.issued_on, v.id;

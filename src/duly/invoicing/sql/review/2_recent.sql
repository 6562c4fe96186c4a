-- The last six invoices of each account and currency within 13 months, newest first.
insert into review_recent (account_id, currency, invoice_id, place, net_minor, issued_on)
select account_id, currency, id, place, net_minor, issued_on
from (
    select v.account_id, v.currency, v.id, v.net_minor, v.issued_on,
        row_number() over (partition by v.account_id, v.currency order by v.issued_on desc, v.id desc) as place
    from invoicing_invoice as v
    where v.entity_id = %(entity)s and v.account_id between %(first)s and %(last)s
        and v.issued_on between %(through_on)s::date - 400 and %(through_on)s and v.kind = 'invoice'
        and v.voided_by_id is null
        and (%(account_ids)s::bigint[] is null or v.account_id = any(%(account_ids)s))
) as ranked
where place <= 6;

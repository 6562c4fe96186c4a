-- Every receipt is one open item of its account, of the same amount with the sign turned.
select 'payments.item' as check, 'receipt ' || r.id as subject,
    coalesce('item ' || i.id || ' is ' || i.amount_minor || ', the receipt ' || r.amount_minor, 'no item') as detail
from payments_receipt as r
left join receivables_item as i on i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id
where r.entity_id = %(entity)s
    and (i.id is null or i.amount_minor <> -r.amount_minor or i.account_id <> r.account_id
        or i.currency <> r.currency)
limit 100;

-- The account's balance in its parts: all before the first day as opening, then by kind of document.
select case when i.issued_on < %(from_on)s then 'opening' else i.kind end as kind, sum(i.amount_minor)::bigint as minor,
    count(*) as items
from receivables_item as i
where i.entity_id = %(entity)s and i.account_id = %(account)s and i.currency = %(currency)s
    and i.issued_on <= %(as_of)s
group by 1;

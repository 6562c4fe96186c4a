-- Money without a document, oldest first, with whose account it is and what that account owes.
select i.id as item_id, i.document_id as receipt_id, n.number, i.account_id, a.number as account_number,
    a.name as account_name, a.owner_id, i.currency, i.amount_minor, i.open_minor, i.issued_on as received_on,
    %(as_of)s::date - i.issued_on as days_old,
    coalesce((
        select sum(o.open_minor) from receivables_item as o
        where o.entity_id = i.entity_id and o.account_id = i.account_id and o.open_minor > 0
            and o.currency = i.currency), 0)::bigint as owed_minor
from receivables_item as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_kind = 'receipt' and n.document_id = i.document_id
where i.entity_id = %(entity)s and i.kind = 'payment' and i.open_minor < 0 and i.issued_on <= %(as_of)s
    and (%(owner)s::bigint is null or a.owner_id = %(owner)s)
    and (%(day)s::date is null or (i.issued_on, i.id) > (%(day)s::date, %(last_id)s::bigint))
order by i.issued_on, i.id
limit %(limit)s;

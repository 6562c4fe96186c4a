-- Payments and credits with something left as everything stands, oldest first, in the order of their index.
with page as (
    select i.id, i.account_id, i.kind, i.document_id, i.currency, i.issued_on, -i.open_minor as left_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor < 0 and i.kind = any(%(kinds)s::text[])
        and (%(after_day)s::date is null or (i.issued_on, i.id) > (%(after_day)s::date, %(after_id)s::bigint))
    order by i.issued_on, i.id
    limit %(limit)s
)
select p.id as item_id, p.account_id, a.number as account_number, a.name as account_name, p.kind, p.document_id,
    coalesce(n.number, '') as number, p.currency, p.issued_on, %(as_of)s::date - p.issued_on as days, p.left_minor,
    a.owner_id
from page as p
join receivables_account as a on a.entity_id = %(entity)s and a.id = p.account_id
left join receivables_number as n on n.entity_id = %(entity)s and n.document_id = p.document_id
    and n.document_kind = case p.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else p.kind end
order by p.issued_on, p.id;

-- Payments and credits with something left at the end of the day, oldest first.
with then_open as (
    select i.id, i.account_id, i.kind, i.document_id, i.currency, i.issued_on,
        -(i.open_minor - coalesce((
            select sum(a.amount_minor) from receivables_allocation as a
            where a.entity_id = i.entity_id and a.credit_item_id = i.id and a.effective_on > %(as_of)s), 0))::bigint
            as left_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.amount_minor < 0 and i.issued_on <= %(as_of)s
        and (i.open_minor <> 0 or i.closed_on > %(as_of)s)
)
select t.id as item_id, t.account_id, a.number as account_number, a.name as account_name, t.kind, t.document_id,
    coalesce(n.number, '') as number, t.currency, t.issued_on, %(as_of)s::date - t.issued_on as days, t.left_minor,
    a.owner_id
from then_open as t
join receivables_account as a on a.entity_id = %(entity)s and a.id = t.account_id
left join receivables_number as n on n.entity_id = %(entity)s and n.document_id = t.document_id
    and n.document_kind = case t.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else t.kind end
where t.left_minor > 0 and t.kind = any(%(kinds)s::text[])
    and (%(after_day)s::date is null or (t.issued_on, t.id) > (%(after_day)s::date, %(after_id)s::bigint))
order by t.issued_on, t.id
limit %(limit)s;

-- Open items of exactly this amount, debts before credits, oldest first.
with found as (
    select i.id, i.account_id, i.kind, i.document_id, i.currency, i.issued_on, i.due_on, i.open_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor <> 0 and i.open_minor = any(array[%(minor)s, -%(minor)s]::bigint[])
        and i.currency = %(currency)s
    limit 500
)
select f.kind, f.document_id as id, coalesce(n.number, '') as number, coalesce(n.reference, '') as reference,
    f.issued_on as on_day, f.open_minor as amount_minor, f.currency, a.number as account_number, a.name as account_name
from found as f
join receivables_account as a on a.entity_id = %(entity)s and a.id = f.account_id
left join receivables_number as n on n.entity_id = %(entity)s and n.document_id = f.document_id
    and n.document_kind = case f.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else f.kind end
order by f.open_minor < 0, f.due_on, f.id
limit %(limit)s;

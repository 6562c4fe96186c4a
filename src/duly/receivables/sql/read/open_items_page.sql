-- The next open items in order of due day, from the index of open items.
with page as (
    select i.*
    from receivables_item as i
    where i.entity_id = %(entity)s and i.open_minor <> 0
        and (%(past_due_on)s::date is null or (i.due_on < %(past_due_on)s and i.open_minor > 0))
        and (%(kinds)s::text[] is null or i.kind = any(%(kinds)s::text[]))
        and (%(after_due)s::date is null or (i.due_on, i.id) > (%(after_due)s::date, %(after_id)s::bigint))
    order by i.due_on, i.id
    limit %(limit)s
)
select i.id, i.account_id, a.number as account_number, a.name as account_name, i.kind, i.document_id,
    coalesce(n.number, '') as number, i.currency, i.issued_on, i.due_on, i.amount_minor, i.open_minor as open_minor, i.closed_on
from page as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
order by i.due_on, i.id;

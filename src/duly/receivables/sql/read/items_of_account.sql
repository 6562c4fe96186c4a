-- The items of one account, oldest first.
select i.id, i.account_id, a.number as account_number, a.name as account_name, i.kind, i.document_id,
    coalesce(n.number, '') as number, i.currency, i.issued_on, i.due_on, i.amount_minor, i.open_minor as open_minor, i.closed_on
from receivables_item as i
join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where i.entity_id = %(entity)s and i.account_id = %(account)s and (not %(open_only)s or i.open_minor <> 0)
order by i.issued_on, i.id;

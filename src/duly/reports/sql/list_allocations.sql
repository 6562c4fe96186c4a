-- What settled what between two days, in the order it was done.
select l.id, l.effective_on, a.number as account, a.name, coalesce(dn.number, '') as debit,
    coalesce(cn.number, '') as credit, l.currency, l.amount_minor, l.reason, l.reverses_id as takes_back
from receivables_allocation as l
join receivables_account as a on a.entity_id = l.entity_id and a.id = l.account_id
join receivables_item as d on d.entity_id = l.entity_id and d.id = l.debit_item_id
join receivables_item as c on c.entity_id = l.entity_id and c.id = l.credit_item_id
left join receivables_number as dn on dn.entity_id = l.entity_id and dn.document_id = d.document_id
    and dn.document_kind = case d.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else d.kind end
left join receivables_number as cn on cn.entity_id = l.entity_id and cn.document_id = c.document_id
    and cn.document_kind = case c.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else c.kind end
where l.entity_id = %(entity)s and l.effective_on between %(from_on)s and %(to_on)s
order by l.id;

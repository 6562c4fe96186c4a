-- Every settlement of the days asked for: what paid what; a row that takes another back is negative.
select l.id, l.effective_on, a.number as account, a.name, dn.number as document, d.kind as document_kind,
    cn.number as settled_by, c.kind as settled_by_kind, l.currency, l.amount_minor as amount, l.reason, l.reverses_id as reverses,
    l.posted_at
from receivables_allocation as l
join receivables_account as a on a.entity_id = l.entity_id and a.id = l.account_id
join receivables_item as d on d.entity_id = l.entity_id and d.id = l.debit_item_id
join receivables_item as c on c.entity_id = l.entity_id and c.id = l.credit_item_id
left join receivables_number as dn on dn.entity_id = d.entity_id and dn.document_id = d.document_id
    and dn.document_kind = case d.kind when 'payment' then 'receipt' else d.kind end
left join receivables_number as cn on cn.entity_id = c.entity_id and cn.document_id = c.document_id
    and cn.document_kind = case c.kind when 'payment' then 'receipt' else c.kind end
where l.entity_id = %(entity)s and l.effective_on between %(from_on)s and %(to_on)s
order by l.id;

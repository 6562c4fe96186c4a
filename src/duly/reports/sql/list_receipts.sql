-- Every receipt between two days, in order of receipt.
select coalesce(n.number, '') as number, r.received_on, r.kind, r.method, a.number as account, a.name,
    r.payer_name as payer, r.reference, r.currency, r.amount_minor, -coalesce(i.open_minor, 0) as unapplied_minor, r.state
from payments_receipt as r
join receivables_account as a on a.entity_id = r.entity_id and a.id = r.account_id
left join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'receipt' and n.document_id = r.id
left join receivables_item as i on i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id
where r.entity_id = %(entity)s and r.received_on between %(from_on)s and %(to_on)s
order by r.received_on, r.id;

-- Every receipt of the days asked for with what of it is on no document now.
select n.number, p.kind, p.received_on, a.number as account, a.name, p.method, p.currency, p.amount_minor as amount,
    -i.open_minor as unapplied, g.code as ledger_account, p.payer_name as payer, p.reference, p.state, p.by_name as recorded_by,
    p.created_at as recorded_at
from payments_receipt as p
join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
join ledger_account as g on g.entity_id = p.entity_id and g.id = p.gl_account_id
left join receivables_number as n
    on n.entity_id = p.entity_id and n.document_kind = 'receipt' and n.document_id = p.id
left join receivables_item as i on i.entity_id = p.entity_id and i.kind = 'payment' and i.document_id = p.id
where p.entity_id = %(entity)s and p.received_on between %(from_on)s and %(to_on)s
order by p.id;

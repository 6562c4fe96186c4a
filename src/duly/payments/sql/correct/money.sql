-- The receipt's item as it is now (locked before).
select r.id, r.account_id, r.currency, r.amount_minor, r.kind, r.state, i.id as item_id, -i.open_minor as unapplied_minor,
    r.received_on, r.method, r.payer_name, r.reference, r.note
from payments_receipt as r
join receivables_item as i on i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id
where r.entity_id = %(entity)s and r.id = %(id)s;

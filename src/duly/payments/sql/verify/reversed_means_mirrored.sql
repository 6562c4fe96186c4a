-- A receipt is reversed exactly when its mirror is there, and both items are closed.
select 'payments.reversal' as check, 'receipt ' || r.id as subject,
    case when m.id is null then 'reversed without a mirror'
        when r.state <> 'reversed' then 'has a mirror but is not reversed'
        when m.amount_minor <> -r.amount_minor then 'its mirror has another amount'
        else 'still open after the reversal' end as detail
from payments_receipt as r
left join payments_receipt as m on m.entity_id = r.entity_id and m.reverses_id = r.id
left join receivables_item as i on i.entity_id = r.entity_id and i.kind = 'payment' and i.document_id = r.id
where r.entity_id = %(entity)s and (r.state = 'reversed' or m.id is not null)
    and (m.id is null or r.state <> 'reversed' or m.amount_minor <> -r.amount_minor or i.open_minor <> 0)
limit 100;

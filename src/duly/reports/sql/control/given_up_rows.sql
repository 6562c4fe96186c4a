-- Every write-off and credit note between two days.
select w.effective_on as "on", case when w.reverses_id is null then 'Write-off' else 'Taken back' end as what,
    coalesce(n.number, '') as number, a.number as account, a.name, w.reason, w.note, w.by_name as person, w.currency,
    w.amount_minor
from receivables_write_off as w
join receivables_account as a on a.entity_id = w.entity_id and a.id = w.account_id
left join receivables_item as i on i.entity_id = w.entity_id and i.id = w.write_off_item_id
left join receivables_number as n
    on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
where w.entity_id = %(entity)s and w.effective_on between %(from_on)s and %(to_on)s
union all
select v.issued_on, case when o.voided_by_id = v.id then 'Void' else 'Credit note' end, coalesce(n.number, ''), a.number,
    a.name, v.reason, '', coalesce(u.name, 'Duly'), v.currency, -v.total_minor
from invoicing_invoice as v
join receivables_account as a on a.entity_id = v.entity_id and a.id = v.account_id
left join invoicing_invoice as o on o.entity_id = v.entity_id and o.id = v.corrects_id
left join receivables_number as n
    on n.entity_id = v.entity_id and n.document_kind = 'credit_note' and n.document_id = v.id
left join ledger_entry as e
    on e.entity_id = v.entity_id and e.source_kind = 'credit_note' and e.source_id = v.id
left join access_user as u on u.id = e.actor_id
where v.entity_id = %(entity)s and v.kind = 'credit_note' and v.issued_on between %(from_on)s and %(to_on)s
order by 1, 3;

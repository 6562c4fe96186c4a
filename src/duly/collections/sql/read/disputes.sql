-- Disputes, newest first.
select d.id, d.account_id, d.item_id, d.invoice_id, d.line, coalesce(n.number, '') as number, d.amount_minor, d.currency,
    d.reason, d.note, d.state, d.owner_id, d.opened_on, d.due_on, d.made_by, d.closed_on, d.closed_by, d.outcome
from collections_dispute as d
join receivables_item as i on i.entity_id = d.entity_id and i.id = d.item_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.document_id
where d.entity_id = %(entity)s and (%(account)s::bigint is null or d.account_id = %(account)s)
    and (%(id)s::bigint is null or d.id = %(id)s)
order by d.id desc;

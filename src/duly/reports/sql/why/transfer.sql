-- A transfer with the numbers of what moved and of both accounts.
select t.amount_minor, t.currency, coalesce(n.number, '') as of_number, f.number as from_account, a.number as to_account,
    t.effective_on, t.reason, t.by_name,
    exists (
        select 1 from receivables_transfer as r where r.entity_id = t.entity_id and r.reverses_id = t.id) as taken_back
from receivables_transfer as t
join receivables_account as f on f.entity_id = t.entity_id and f.id = t.from_account_id
join receivables_account as a on a.entity_id = t.entity_id and a.id = t.to_account_id
join receivables_item as i on i.entity_id = t.entity_id and i.id = t.item_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where t.entity_id = %(entity)s and t.id = %(id)s;

-- A write-off with the number of what was given up.
select w.amount_minor, w.currency, coalesce(n.number, '') as of_number, a.number as account, w.effective_on, w.reason,
    w.note, w.by_name, w.rule is not null as by_rule,
    exists (
        select 1 from receivables_write_off as r where r.entity_id = w.entity_id and r.reverses_id = w.id) as taken_back
from receivables_write_off as w
join receivables_account as a on a.entity_id = w.entity_id and a.id = w.account_id
join receivables_item as i on i.entity_id = w.entity_id and i.id = w.item_id
left join receivables_number as n on n.entity_id = i.entity_id and n.document_id = i.document_id
    and n.document_kind = case i.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else i.kind end
where w.entity_id = %(entity)s and w.id = %(id)s;

-- What settles these items, seen from each of them, in the order it happened.
select s.allocation_id, s.item_id, s.other_item_id, o.kind as other_kind, o.document_id as other_document_id,
    coalesce(n.number, '') as other_number, s.amount_minor, s.currency, s.effective_on, s.reason, s.reverses_id,
    exists (
        select 1 from receivables_allocation as m
        where m.entity_id = %(entity)s and m.reverses_id = s.allocation_id) as taken_back
from (
    select id as allocation_id, debit_item_id as item_id, credit_item_id as other_item_id, amount_minor, currency,
        effective_on, reason, reverses_id
    from receivables_allocation where entity_id = %(entity)s and debit_item_id = any(%(ids)s)
    union all
    select id, credit_item_id, debit_item_id, amount_minor, currency, effective_on, reason, reverses_id
    from receivables_allocation where entity_id = %(entity)s and credit_item_id = any(%(ids)s)
) as s
join receivables_item as o on o.entity_id = %(entity)s and o.id = s.other_item_id
left join receivables_number as n on n.entity_id = %(entity)s and n.document_id = o.document_id
    and n.document_kind = case o.kind when 'payment' then 'receipt' when 'transfer_out' then 'transfer' else o.kind end
order by s.effective_on, s.allocation_id;

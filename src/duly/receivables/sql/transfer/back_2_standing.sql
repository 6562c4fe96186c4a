-- The transfers among these that stand, and the allocation by which each settles what it moved.
select t.id, t.in_item_id, t.from_account_id, abs(t.amount_minor) as amount_minor, abs(i.open_minor) as left_minor,
    t.currency, a.id as allocation_id
from receivables_transfer as t
join receivables_item as i on i.entity_id = t.entity_id and i.id = t.in_item_id
left join receivables_allocation as a
    on a.entity_id = t.entity_id and a.amount_minor > 0
    and (a.debit_item_id, a.credit_item_id) = case when t.amount_minor > 0
        then (t.item_id, t.out_item_id) else (t.out_item_id, t.item_id) end
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
where t.entity_id = %(entity)s and t.id = any(%(ids)s)
    and not exists (
        select 1 from receivables_transfer as r where r.entity_id = t.entity_id and r.reverses_id = t.id)
order by t.id;

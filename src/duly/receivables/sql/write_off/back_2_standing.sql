-- The write-offs that stand, with the allocation by which each settles its item.
select w.id, w.account_id, w.rule is not null as by_rule, a.id as allocation_id
from receivables_write_off as w
left join receivables_allocation as a
    on a.entity_id = w.entity_id and a.amount_minor > 0
    and (a.debit_item_id, a.credit_item_id) = case when w.amount_minor > 0
        then (w.item_id, w.write_off_item_id) else (w.write_off_item_id, w.item_id) end
    and not exists (
        select 1 from receivables_allocation as m where m.entity_id = a.entity_id and m.reverses_id = a.id)
where w.entity_id = %(entity)s and (w.id = any(%(ids)s::bigint[]) or w.batch_id = %(batch)s::bigint)
    and w.reverses_id is null
    and not exists (
        select 1 from receivables_write_off as r where r.entity_id = w.entity_id and r.reverses_id = w.id)
order by w.id;
